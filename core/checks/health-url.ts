import type { Target } from '../definition/document.ts';
import type { CheckSettings } from '../definition/target-schemas.ts';

/** What makes a text an address of its own rather than a path. */
const absolute = /^https?:\/\//i;

/**
 * The address that a health check asks. The path is appended to the service's URL: its host, path and query stay as the
 * user wrote them, and nothing in a path can lead to another host. An absolute `path` stands for itself.
 * @example healthUrl('https://gw/models/fraud?v=2', 'health') // https://gw/models/fraud/health?v=2
 */
export function healthUrl(url: string, path: string): string {
  if (absolute.test(path)) return new URL(path).href;
  const base = new URL(url);
  const [ownPath = '', ownQuery = ''] = splitOnce(path, '?');
  const joined = ownPath === '' ? base.pathname : `${base.pathname.replace(/\/$/, '')}/${ownPath.replace(/^\//, '')}`;
  const query = [base.search.slice(1), ownQuery].filter((part) => part !== '').join('&');
  return new URL(`${base.origin}${joined}${query === '' ? '' : `?${query}`}`).href;
}

/**
 * What is wrong with a path under a service's URL, to be read on from the path; undefined when its meaning is plain. The
 * URL itself is expected to be a valid http or https URL.
 */
export function pathProblem(url: string, path: string): string | undefined {
  if (absolute.test(path)) return URL.canParse(path) ? undefined : 'is not an http or https URL';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return 'is not an http or https URL; write a path or a URL';
  if (path.includes('#')) return 'has a fragment (#…), which is never sent; remove it';
  const { pathname, origin } = new URL(url);
  if (!path.startsWith('/') || pathname === '/') return undefined;
  const below = path.replace(/^\/+/, '');
  return (
    `can be read in two ways under ${withoutQuery(url)}: write '${below}' for ${withoutQuery(healthUrl(url, below))}, ` +
    `or '${origin}${path}' for the path of the host`
  );
}

/** A query may hold a key: it is of no account here. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The address that a check of a target asks; undefined when it asks none. */
export function askedAddress(target: Target, settings: CheckSettings): string | undefined {
  if (target.kind === 'service' && settings.check === 'health') return healthUrl(target.url, settings.path);
  return target.kind === 'volume' && target.source.source === 'json-endpoint' ? target.source.url : undefined;
}
