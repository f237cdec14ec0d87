import { alarmsOf } from '../../core/alarms/alarm.ts';
import type { MonitoringDocument } from '../../core/definition/document.ts';
import { groupBy } from '../../core/group-by.ts';
import { type WatchedRule, watchedRules } from '../../core/incidents/watched-rule.ts';
import { isWebPage } from '../../core/rules/runbook.ts';
import { sayPlaces } from './console.ts';
import { groupsOf } from './deployment-metrics.ts';
import { deploymentRunbook, sayOperators } from './deployment-runbook.ts';
import type { NewPage } from './generated-part.ts';
import { glossary } from './glossary.ts';
import { runbookIndex } from './index-page.ts';
import { emptyBody, localBody } from './local-body.ts';
import { ruleSetsOf } from './rule-set.ts';

/** A new page of one deployment. */
export interface DeploymentPage extends NewPage {
  /** The file of the page, relative to the folder of the pages: `runbooks/service-down.md`. */
  path: string;
  /** Whether people must write the body. */
  wantsBody: boolean;
}

/** Makes the pages of one deployment: a runbook for each rule with a page, the runbook for operators, the index, and the glossary. */
export function deploymentPages(
  document: MonitoringDocument,
  options: { region?: string | undefined; shipped: ReadonlyMap<string, string> },
): DeploymentPage[] {
  const deployment = { name: document.name, stage: document.stage, region: options.region };
  const byPage = watchesByPage(document);
  const written = new Set([...byPage.keys(), 'pipeline', 'README']);
  const shippedBody = (page: string) => {
    const body = options.shipped.get(page);
    return body === undefined ? undefined : localBody(body, deployment, written);
  };
  const runbooks = [...byPage].map(([page, watches]): DeploymentPage => {
    const body = shippedBody(page);
    const up = '../'.repeat(page.split('/').length);
    const generated = deploymentRunbook(watches, { document, region: options.region, glossary: `${up}metrics.md` });
    return {
      path: `runbooks/${page}.md`,
      heading: page,
      generated,
      body: body ?? emptyBody,
      wantsBody: body === undefined,
    };
  });
  return [
    ...runbooks,
    {
      path: 'runbooks/pipeline.md',
      heading: 'pipeline',
      generated: forOperators(document, options.region),
      body: shippedBody('pipeline') ?? '',
      wantsBody: false,
    },
    { path: 'runbooks/README.md', heading: 'Runbooks', generated: index(document, byPage), body: '', wantsBody: false },
    {
      path: 'metrics.md',
      heading: 'Metrics',
      generated: glossary(groupsOf(document), ruleSetsOf(document), 'runbooks'),
      body: '',
      wantsBody: false,
    },
  ];
}

/** The rules on their targets, grouped by runbook page. Web pages are left out, because they are not written here. */
const watchesByPage = (document: MonitoringDocument): Map<string, WatchedRule[]> =>
  groupBy(
    watchedRules(document).filter(({ rule: { runbook } }) => typeof runbook === 'string' && !isWebPage(runbook)),
    ({ rule }) => rule.runbook as string,
  );

function index(document: MonitoringDocument, byPage: ReadonlyMap<string, readonly WatchedRule[]>): string {
  const pages = [...byPage].map(([page, watches]) => ({
    page,
    rules: watches.map(({ rule }) => rule),
    of: watches.map(({ target }) => target.name),
  }));
  const elsewhere = watchedRules(document).flatMap(({ rule, target }) => {
    if (typeof rule.runbook !== 'string')
      return [`- \`${target.name}/${rule.id}\` has no page: ${rule.runbook.because}`];
    return byPage.has(rule.runbook) ? [] : [`- \`${target.name}/${rule.id}\` has an external page: <${rule.runbook}>`];
  });
  return [runbookIndex(pages), ...(elsewhere.length > 0 ? [elsewhere.join('\n')] : [])].join('\n\n');
}

const forOperators = (document: MonitoringDocument, region: string | undefined): string =>
  [
    `- **Operators:** ${sayOperators(document)}`,
    `- **Console:** ${sayPlaces(region, document)}`,
    `- **Heartbeats:** ${alarmsOf(document)
      .filter(({ audience }) => 'operators' in audience)
      .map(({ name }) => `\`${name}\``)
      .join(', ')}`,
  ].join('\n');
