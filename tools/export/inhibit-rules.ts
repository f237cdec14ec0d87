import type { MonitoringDocument } from '../../core/definition/document.ts';
import { watchedRules } from '../../core/incidents/watched-rule.ts';
import { Noted } from './noted.ts';

/**
 * Exports `inhibits` of the rules as Alertmanager inhibit rules, on the same target, while the other alert fires. In
 * Alertmanager an alert that is itself inhibited still inhibits others; in Tocsin it does not.
 */
export const inhibitRules = (document: MonitoringDocument): Noted[] =>
  watchedRules(document).flatMap(({ rule, alarm }) =>
    rule.type === 'metric' && rule.inhibits.length > 0
      ? [
          new Noted(
            [
              `${rule.id} inhibits while it fires, even if another alert inhibits it. In Tocsin an inhibited alert does not inhibit others.`,
            ],
            {
              source_matchers: [`alarm="${alarm}"`],
              target_matchers: [`rule=~"${rule.inhibits.join('|')}"`],
              equal: ['deployment', 'stage', 'kind', 'target'],
            },
          ),
        ]
      : [],
  );
