import type { Target } from '../definition/document.ts';
import type { CheckSettings } from '../definition/target-schemas.ts';

/** Matches an absolute URL, as opposed to a path. */
const absolute = /^https?:\/\//i;

/**
 * The URL that a health check requests. The path is appended to the service's URL, whose host, path and query are kept. A
 * path cannot change the host. An absolute `path` is used as it is.
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
 * The problem with a path under a service's URL, as the end of a sentence after the path. Undefined if the path is not
 * ambiguous. The URL must be a valid http or https URL.
 */
export function pathProblem(url: string, path: string): string | undefined {
  if (absolute.test(path)) return URL.canParse(path) ? undefined : 'is not an http or https URL';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return 'is not an http or https URL; write a path or a URL';
  if (path.includes('#')) return 'has a fragment (#…), which HTTP does not send; remove it';
  const { pathname, origin } = new URL(url);
  if (!path.startsWith('/') || pathname === '/') return undefined;
  const below = path.replace(/^\/+/, '');
  return (
    `is ambiguous under ${withoutQuery(url)}; write '${below}' for ${withoutQuery(healthUrl(url, below))}, ` +
    `or '${origin}${path}' for the path on the host`
  );
}

/** The URL without its query, which can contain an API key. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The URL that a check of a target requests. Undefined if it requests none. */
export function checkedUrl(target: Target, settings: CheckSettings): string | undefined {
  if (target.kind === 'service' && settings.check === 'health') return healthUrl(target.url, settings.path);
  return target.kind === 'volume' && target.source.source === 'json-endpoint' ? target.source.url : undefined;
}
