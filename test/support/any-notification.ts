import fc from 'fast-check';
import { type Notification, notificationKinds } from '../../events/notification.ts';
import { targetKinds } from '../../events/target.ts';
import { tiers } from '../../events/tier.ts';
import { aNotification } from './a-notification.ts';

const nasty = fc.constantFrom(
  '<!channel>',
  '@here',
  '&',
  '<',
  '>',
  '|',
  '\r\nBcc: x@evil.example',
  '\u0000',
  '\ud800',
  '😀',
  '"',
  '\\',
  '\n',
);

/** Text that tries to break out of whatever it is put into, and may be long. */
export const nastyText = (maxParts = 40) =>
  fc
    .array(fc.oneof(nasty, fc.string(), fc.string({ unit: 'binary' }), fc.constant('x'.repeat(997))), {
      maxLength: maxParts,
    })
    .map((parts) => parts.join(''));

const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });

/** Any notification that passes its schema, however odd its texts. */
export const anyNotification: fc.Arbitrary<Notification> = fc
  .record({
    kind: fc.constantFrom(...notificationKinds),
    tier: fc.constantFrom(...tiers),
    target: fc.record({ kind: fc.constantFrom(...targetKinds), name: nastyText(3).map((name) => name || 'x') }),
    title: nastyText().map((title) => title || 'x'),
    description: nastyText(),
    value: fc.option(nastyText(), { nil: undefined }),
    threshold: fc.option(nastyText(), { nil: undefined }),
    actions: fc.array(nastyText(5), { maxLength: 30 }),
    runbook: fc.option(
      fc.oneof(
        nastyText(5),
        nastyText(3).map((path) => `https://wiki.example/${path}`),
      ),
      { nil: undefined },
    ),
    openedAt: moment,
    at: moment,
  })
  .map((fields) => aNotification(fields));
