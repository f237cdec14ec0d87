/** A page of CloudWatch. Without a Region the console opens in the one that its reader used last. */
export const cloudwatchUrl = (region: string | undefined, fragment: string): string =>
  region === undefined
    ? `https://console.aws.amazon.com/cloudwatch/home#${fragment}`
    : `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#${fragment}`;

/** The page of an alarm. */
export const alarmUrl = (region: string | undefined, alarm: string): string =>
  cloudwatchUrl(region, `alarmsV2:alarm/${encodeURIComponent(alarm)}`);

/** Links to where one looks first. @param search alarms whose names hold this alone */
export const sayPlaces = (region?: string, search?: string): string =>
  [
    `[alarms](${cloudwatchUrl(region, search === undefined ? 'alarmsV2:' : `alarmsV2:?search=${encodeURIComponent(search)}`)})`,
    `[metrics](${cloudwatchUrl(region, 'metricsV2')})`,
    `[Logs Insights](${cloudwatchUrl(region, 'logsV2:logs-insights')})`,
  ].join(' · ');
