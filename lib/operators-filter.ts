import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';

/**
 * Which messages the operators get: all but the first OK of an alarm that was never in another state.
 *
 * A new alarm begins as INSUFFICIENT_DATA and is OK a minute later, and there are dozens: without this, a first deploy
 * would mail each operator dozens of times that nothing is wrong, and they would learn not to read these mails. An OK after
 * an ALARM passes. It hides no end of anything: an alarm on the pipeline counts missing data as good or as bad, so it never
 * goes back to INSUFFICIENT_DATA between its ALARM and its OK (lib/pipeline-alarm.ts knows no other).
 *
 * It names what is left out and not what passes, and lets pass what lacks a field, so that an unforeseen state or
 * message reaches a person. One thing SNS takes away from any filter on the body: a body that is no JSON. Only alarms may
 * publish to this topic, and theirs are. And a filter takes up to fifteen minutes to hold everywhere: whoever confirms the
 * subscription at once may still get a few.
 */
export const operatorsFilter: Record<string, FilterOrPolicy> = {
  $or: FilterOrPolicy.filter(
    new SubscriptionFilter([
      { NewStateValue: [{ 'anything-but': ['OK'] }, { exists: false }] },
      { OldStateValue: [{ 'anything-but': ['INSUFFICIENT_DATA'] }, { exists: false }] },
    ]),
  ),
};
