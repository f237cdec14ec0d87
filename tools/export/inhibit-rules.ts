import type { MonitoringDocument } from '../../core/definition/document.ts';
import { watchedRules } from '../../core/incidents/watched-rule.ts';
import { Noted } from './noted.ts';

/**
 * A rule's `inhibits` as rules of Alertmanager: on the same target, and only while the other alert fires. There an alert
 * that is itself inhibited goes on inhibiting others; Tocsin lets only one speak for others that speaks.
 */
export const inhibitRules = (document: MonitoringDocument): Noted[] =>
  watchedRules(document).flatMap(({ rule, alarm }) =>
    rule.type === 'metric' && rule.inhibits.length > 0
      ? [
          new Noted(
            [`While ${rule.id} fires it says it all, also where another alert inhibits it: there Tocsin would tell.`],
            {
              source_matchers: [`alarm="${alarm}"`],
              target_matchers: [`rule=~"${rule.inhibits.join('|')}"`],
              equal: ['deployment', 'stage', 'kind', 'target'],
            },
          ),
        ]
      : [],
  );
