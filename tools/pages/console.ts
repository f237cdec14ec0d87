/** The host of the console of a Region. China and GovCloud have their own. */
const hostOf = (region: string): string => {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  return region.startsWith('us-gov-') ? `${region}.console.amazonaws-us-gov.com` : `${region}.console.aws.amazon.com`;
};

/** The URL of a CloudWatch page. Without a Region, the console opens the Region that was used last. */
export const cloudwatchUrl = (region: string | undefined, fragment: string): string =>
  region === undefined
    ? `https://console.aws.amazon.com/cloudwatch/home#${fragment}`
    : `https://${hostOf(region)}/cloudwatch/home?region=${region}#${fragment}`;

/** The URL of an alarm in the console. */
export const alarmUrl = (region: string, alarm: string): string =>
  cloudwatchUrl(region, `alarmsV2:alarm/${encodeURIComponent(alarm)}`);

/** Links to the alarms, metrics and logs in the console. @param deployment filters the alarms and saved queries by this deployment */
export const sayPlaces = (region?: string, deployment?: { name: string; stage: string }): string => {
  const folder = deployment && `${deployment.name}/${deployment.stage}`;
  return [
    `[alarms](${cloudwatchUrl(region, folder ? `alarmsV2:?search=${encodeURIComponent(`${folder}/`)}` : 'alarmsV2:')})`,
    `[metrics](${cloudwatchUrl(region, 'metricsV2')})`,
    `[Logs Insights](${cloudwatchUrl(region, 'logsV2:logs-insights')})${folder ? `, saved queries \`${folder}\`` : ''}`,
  ].join(' · ');
};
