import { checkedUrl } from '../../core/checks/health-url.ts';
import type { MonitoringDocument, Target } from '../../core/definition/document.ts';
import { isPrivateHost } from '../../core/definition/private-host.ts';
import type { Finding } from './finding.ts';

/** Returns a finding for each target whose checks request private hosts, if the config has no network and no reason for that. */
export const privateUrls = (document: MonitoringDocument): Finding[] =>
  document.network ? [] : document.targets.flatMap(privateUrl);

function privateUrl(target: Target): Finding[] {
  const urls = target.checks.flatMap((settings) => checkedUrl(target, settings) ?? []).map((url) => new URL(url));
  const hosts = [...new Set(urls.filter(({ hostname }) => isPrivateHost(hostname)).map(({ host }) => host))];
  if (hosts.length === 0) return [];
  const says = `is checked at ${hosts.join(' and ')}, which only a private network can reach, and functions on AWS run outside of it. Add network: { vpcId, subnetIds } to the config or to the stage, or vpc to the construct; or state the reason, as in network: because('runs on a laptop only')`;
  return [{ code: 'private-url-without-network', rule: target.name, says }];
}
