/** The console of a Region; China and GovCloud have their own. */
const hostOf = (region: string): string => {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`;
  return region.startsWith('us-gov-') ? `${region}.console.amazonaws-us-gov.com` : `${region}.console.aws.amazon.com`;
};

/** A page of CloudWatch. Without a Region the console opens in the one that its reader used last. */
export const cloudwatchUrl = (region: string | undefined, fragment: string): string =>
  region === undefined
    ? `https://console.aws.amazon.com/cloudwatch/home#${fragment}`
    : `https://${hostOf(region)}/cloudwatch/home?region=${region}#${fragment}`;

/** The page of an alarm. */
export const alarmUrl = (region: string, alarm: string): string =>
  cloudwatchUrl(region, `alarmsV2:alarm/${encodeURIComponent(alarm)}`);

/** Links to where one looks first. @param deployment whose alarms and saved queries alone */
export const sayPlaces = (region?: string, deployment?: { name: string; stage: string }): string => {
  const folder = deployment && `${deployment.name}/${deployment.stage}`;
  return [
    `[alarms](${cloudwatchUrl(region, folder ? `alarmsV2:?search=${encodeURIComponent(`${folder}/`)}` : 'alarmsV2:')})`,
    `[metrics](${cloudwatchUrl(region, 'metricsV2')})`,
    `[Logs Insights](${cloudwatchUrl(region, 'logsV2:logs-insights')})${folder ? `, saved queries \`${folder}\`` : ''}`,
  ].join(' · ');
};
