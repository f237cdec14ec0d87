import type { Deployment } from './deployment.ts';

/**
 * The body of a page that Tocsin ships, as a page of one deployment: its names in the commands, and no link to what is
 * not written beside it.
 * @param written the names of the pages that are
 */
export const localBody = (body: string, { name, stage, region }: Deployment, written: ReadonlySet<string>): string =>
  body
    .replaceAll('<name>-<stage>', `${name}-${stage}`)
    .replaceAll('<name>/<stage>', `${name}/${stage}`)
    .replaceAll('<region>', region ?? '<region>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (link, text: string, to: string) => {
      if (/^[a-z]+:/.test(to) || to.startsWith('#') || to.startsWith('../metrics.md')) return link;
      const [page = ''] = to.split('#');
      if (page.startsWith('../')) return `${text} (docs/${page.slice(3)} of Tocsin)`;
      return written.has(page.replace(/\.md$/, '')) ? link : text;
    });

/** What people find to write on where Tocsin ships no page. */
export const emptyBody = `## Meaning

_What is wrong when this fires, for whom, and what it does not say._

## What to check

1. _Where to look first, with the query or command, and what each answer means._

## Actions

1. _What mends it, the safest thing first._

## Escalation

_Whom to call, after how long, and who must be told._`;
