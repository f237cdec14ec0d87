import type { HealthSettings } from '../../core/checks/health.ts';
import { formatJson, jsonField } from '../../core/checks/json-field.ts';
import type { HttpResponse, Observation } from '../../core/checks/observe.ts';
import { timeoutOf } from '../../core/checks/timeout.ts';
import { clip, oneLine } from '../../core/delivery/clean-text.ts';
import { parseTimestamp } from '../../core/time/timestamp.ts';
import { bodyDetails, type Clean, jsonOf } from './body.ts';

type Answered = Extract<HttpResponse, { answered: true }>;

/** A problem and its meaning: the service is down, its state is unknown, or only the time is in doubt and the service is up. */
interface Finding {
  means: 'down' | 'unknown' | 'doubt';
  class: string;
  message: string;
}

const dayMs = 86_400_000;

/**
 * Evaluates the response of a service. `ServiceUp` and `ModelLoaded` are independent: a service that responds as expected but
 * has no model is up, so that one failure opens one incident. A response that cannot be read is `unknown`, never down.
 * @param clean removes secrets from every text that is stored
 */
export function evaluate(
  answer: HttpResponse,
  settings: HealthSettings,
  now: number,
  clean: Clean = (text) => text,
): Observation {
  // A timeout is slower than every response, so that it breaches a threshold that is equal to the timeout.
  const timedOut = { ResponseSeconds: timeoutOf(settings) + 0.001 };
  if (!answer.answered) {
    const measurements = {
      ServiceUp: 0,
      ...(answer.error.class === 'read-timeout' && timedOut),
      ...certificateDays(answer, now),
    };
    const error = { class: answer.error.class, message: sentence(answer.error.message, clean) };
    return { outcome: 'failed', error, measurements, details: { ...answer.timings } };
  }
  const json = jsonOf(answer.body);
  const finding = findingOf(answer, json, settings, answer.answeredAt ?? now, clean);
  const loaded = json && !Array.isArray(json) ? jsonField(json, 'model_loaded') : undefined;
  const modelMissing = loaded === false && settings.expect['model_loaded'] !== false;
  const error =
    modelMissing && finding?.means !== 'down'
      ? { class: 'model-not-loaded', message: 'model_loaded is false' }
      : finding && { class: finding.class, message: sentence(finding.message, clean) };
  const { totalMs } = answer.timings;
  return {
    outcome: !error ? 'ok' : modelMissing || finding?.means === 'down' ? 'failed' : 'unknown',
    ...(error && { error }),
    measurements: {
      ...(finding?.means !== 'unknown' && { ServiceUp: finding?.means === 'down' ? 0 : 1 }),
      ...(typeof loaded === 'boolean' && { ModelLoaded: loaded ? 1 : 0 }),
      ...(totalMs !== undefined && { ResponseSeconds: totalMs / 1000 }),
      ...(finding?.class === 'read-timeout' && timedOut),
      ...certificateDays(answer, now),
    },
    details: {
      status: answer.status,
      ...answer.timings,
      ...(answer.bodyFault && { bodyFault: sentence(answer.bodyFault.message, clean) }),
      ...bodyDetails(answer.body, json, clean),
    },
  };
}

/** A sentence for people. Alerts show it as the cause. */
const sentence = (message: string, clean: Clean) => clip(oneLine(clean(message)), 300);

const certificateDays = ({ certificateExpiresAt: end }: HttpResponse, now: number): Record<string, number> =>
  end === undefined ? {} : { CertificateDaysLeft: Math.floor((end - now) / dayMs) };

/** The first problem of the response, except a missing model. */
function findingOf(
  answer: Answered,
  json: object | undefined,
  settings: HealthSettings,
  now: number,
  clean: Clean,
): Finding | undefined {
  const { statusCode, expect, maxClockSkew } = settings;
  const statusHolds = statusCode ? answer.status === statusCode : answer.status >= 200 && answer.status < 300;
  if (!statusHolds) return down('status', `status ${answer.status}, expected ${statusCode ?? '200 to 299'}`);
  const expected = Object.entries(expect);
  if (expected.length === 0 && maxClockSkew === undefined) return undefined;
  if (answer.bodyFault) {
    const { class: name, message } = answer.bodyFault;
    const isOurLimit = name === 'too-large' || name === 'encoding';
    return { means: isOurLimit ? 'unknown' : 'down', class: name, message };
  }
  if (!json || (Array.isArray(json) && !expected.some(([field]) => field.startsWith('/'))))
    return down(
      'body-not-json',
      `the body is ${answer.body === '' ? 'empty' : `not a JSON object: ${formatJson(answer.body, clean)}`}`,
    );
  const wrong = expected.find(([field, value]) => !holds(field, jsonField(json, field), value));
  if (wrong) {
    const [field, value] = wrong;
    const message = `${field} is ${formatJson(jsonField(json, field), clean)}, expected ${formatJson(value, clean)}`;
    return down(field === 'status' ? 'unhealthy' : 'body-wrong', message);
  }
  return maxClockSkew === undefined ? undefined : skewOf(jsonField(json, 'timestamp'), maxClockSkew, now, clean);
}

const down = (name: string, message: string): Finding => ({ means: 'down', class: name, message });

/** A model that is not loaded is reported by `ModelLoaded`. A body without this information is wrong. */
const holds = (field: string, received: unknown, expected: unknown) =>
  field === 'model_loaded' && expected === true ? typeof received === 'boolean' : received === expected;

function skewOf(timestamp: unknown, maxSeconds: number, now: number, clean: Clean): Finding | undefined {
  if (timestamp === undefined) return down('body-wrong', 'timestamp is absent, expected an ISO 8601 time');
  const at = parseTimestamp(timestamp);
  if (at === undefined) {
    const message = `timestamp is ${formatJson(timestamp, clean)}, expected an ISO 8601 time`;
    return { means: 'doubt', class: 'clock-unknown', message };
  }
  const seconds = Math.round((at - now) / 1000);
  if (Math.abs(seconds) <= maxSeconds) return undefined;
  const skew = `timestamp is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Tocsin's clock`;
  return down('clock-skew', `${skew} (threshold ${maxSeconds} s)`);
}
