import type { Deployment } from './deployment.ts';

/**
 * Adapts the body of a page that Tocsin provides to one deployment: the commands get its names, and links to pages that
 * the deployment does not have become text.
 * @param written the names of the pages of the deployment
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

/** The template for the body of a page that Tocsin does not provide. */
export const emptyBody = `## Meaning

_What is wrong when this alert fires, who is affected, and what the alert does not cover._

## What to check

1. _What to check first, with the query or command, and what each result means._

## Actions

1. _How to fix it, the safest step first._

## Escalation

_Whom to call, after how long, and who must be notified._`;
