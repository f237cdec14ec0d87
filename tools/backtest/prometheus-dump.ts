import * as z from 'zod';
import { pickSeries } from './pick-series.ts';
import { PointCollector, type Recorded } from './point-collector.ts';
import { clipped, RecordingError } from './recording-error.ts';

const labels = z.record(z.string(), z.string());

/** The response of Prometheus to `/api/v1/query_range`. Its samples are validated one by one, so that errors have a place. */
const rangeResponse = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.looseObject({ metric: labels, values: z.array(z.unknown()).optional() })),
  }),
});

const failedResponse = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });
const otherResponse = z.object({ data: z.object({ resultType: z.string() }) });

/**
 * Reads the response of a Prometheus range query. NaN and staleness markers are missing data. Exactly one series must match.
 * @param selector labels as in PromQL, `instance="a",job="b"`, if the dump has several series
 * @throws {RecordingError} with the place of each problem
 */
export function readPrometheusDump(file: string, dump: unknown, selector: string | undefined): Recorded {
  const fail = (says: string): never => {
    throw new RecordingError(`${file} ${says}`);
  };
  const failed = failedResponse.safeParse(dump);
  if (failed.success) fail(`is the response to a query that failed: ${failed.data.errorType}: ${failed.data.error}`);
  const parsed = rangeResponse.safeParse(dump);
  if (!parsed.success) {
    const kind = otherResponse.safeParse(dump).data?.data.resultType;
    return fail(
      kind !== undefined && kind !== 'matrix'
        ? `has a ${kind}, with one value per series; use /api/v1/query_range with start, end and step`
        : `is not a response of /api/v1/query_range; expected {"status":"success","data":{"resultType":"matrix","result":[…]}}`,
    );
  }
  const candidates = parsed.data.data.result.map(({ metric, values }, at) => ({
    name: sayLabels(metric),
    metric,
    values,
    at,
  }));
  const wanted = selector === undefined ? {} : readSelector(selector);
  const matching = candidates.filter(({ metric }) =>
    Object.entries(wanted).every(([name, value]) => metric[name] === value),
  );
  const { values, at } = pickSeries(file, candidates, matching, `--series 'instance="a"'`);
  if (!values) return fail(`has native histograms in ${candidates[at]!.name}; query a quantile or a rate of them`);
  return collect(file, `data.result[${at}].values`, values);
}

function collect(file: string, path: string, values: readonly unknown[]): Recorded {
  const collector = new PointCollector(file, (place) => `${path}[${place}]`);
  for (const [i, sample] of values.entries()) {
    if (Array.isArray(sample) && typeof sample[0] === 'number' && typeof sample[1] === 'string')
      collector.add(i, String(sample[0]), sample[1]);
    else collector.problem(i, `found ${JSON.stringify(sample).slice(0, 60)}; expected [<epoch seconds>, "<value>"]`);
  }
  return collector.end();
}

const sayLabels = ({ __name__: name = '', ...rest }: Record<string, string>) =>
  `${name}{${Object.entries(rest)
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ')}}`;

/** `instance="a",job="b"`, with or without braces. */
function readSelector(text: string): Record<string, string> {
  const inner = text.trim().replace(/^\{|\}$/g, '');
  const pairs = [...inner.matchAll(/\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/gy)];
  if (pairs.length === 0 || pairs.map(([whole]) => whole).join('').length !== inner.length)
    throw new RecordingError(
      `--series ${clipped(text)} does not select labels; write, for example, --series 'instance="a",job="b"'`,
    );
  return Object.fromEntries(pairs.map(([, name, value]) => [name!, value!.replace(/\\(.)/g, '$1')]));
}
