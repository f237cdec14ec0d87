import { healthUrl } from '../../core/checks/health-url.ts';
import type { Instruments, Observe } from '../../core/checks/observe.ts';
import { requestWithAuth } from '../../core/checks/request-with-auth.ts';
import { timeoutOf } from '../../core/checks/timeout.ts';
import { evaluate } from './evaluate.ts';

/** Requests the health check URL of a service and compares the response with the expected one. */
export const observer =
  (instruments: Pick<Instruments, 'http' | 'secrets'>): Observe =>
  async (target, settings, scheduledAt) => {
    if (target.kind !== 'service' || settings.check !== 'health') {
      throw new Error(
        `the health check does not support the ${target.kind} ${target.name} with settings of ${settings.check}`,
      );
    }
    const { statusCode, maxBytes, path, auth } = settings;
    const isRedirectExpected = statusCode !== undefined && statusCode >= 300 && statusCode < 400;
    const ask = {
      timeoutMs: timeoutOf(settings) * 1000,
      maxBytes,
      ...(isRedirectExpected && { followRedirects: false }),
    };
    const { answer, clean } = await requestWithAuth(instruments, healthUrl(target.url, path), ask, auth);
    return evaluate(answer, settings, scheduledAt, clean);
  };
