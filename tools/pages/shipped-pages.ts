import { findMetric, metricGroups } from '../../catalog/metrics/catalogue.ts';
import type { Rule } from '../../core/rules/rule.ts';
import { type Catalogue, catalogue } from './catalogue.ts';
import { glossary } from './glossary.ts';
import { runbookIndex } from './index-page.ts';
import { shippedRunbook } from './shipped-runbook.ts';

/** The generated part of a page. */
export interface GeneratedPage {
  /** The file of the page, relative to the folder of the pages: `runbooks/service-down.md`. */
  path: string;
  generated: string;
}

const plural = { service: 'services', batch: 'batch jobs', volume: 'volumes', check: 'checks' } as const;
const tierOrder = ['critical', 'high', 'medium', 'info'];
const ofWhat = (rule: Rule) => plural[rule.type === 'event' ? 'batch' : findMetric(rule.metric)!.of];

/** Makes the generated pages of the documentation of Tocsin: a runbook for each rule, the index, and the glossary. */
export function shippedPages(shipped: Catalogue = catalogue()): GeneratedPage[] {
  const withPage = shipped.byDefault
    .filter(({ runbook }) => typeof runbook === 'string')
    .toSorted((one, other) => tierOrder.indexOf(one.tier) - tierOrder.indexOf(other.tier));
  const sets = [{ name: 'by default', rules: shipped.byDefault }, ...shipped.packs];
  return [
    ...withPage.map((rule) => ({ path: `runbooks/${rule.id}.md`, generated: shippedRunbook(rule, shipped) })),
    {
      path: 'runbooks/README.md',
      generated: runbookIndex(withPage.map((rule) => ({ page: rule.id, rules: [rule], of: [ofWhat(rule)] }))),
    },
    { path: 'metrics.md', generated: glossary(metricGroups, sets, 'runbooks') },
  ];
}
