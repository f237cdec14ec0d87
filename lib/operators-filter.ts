import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';

/**
 * The filter for messages to the operators: all except the first OK of a new alarm.
 *
 * A new alarm starts with INSUFFICIENT_DATA and is OK a minute later, and there are dozens of alarms. Without this filter, a
 * first deployment would send dozens of useless mails to each operator. An OK after an ALARM passes. No recovery is hidden: an
 * alarm on the pipeline treats missing data as breaching or not breaching, so that it never changes to INSUFFICIENT_DATA
 * between its ALARM and its OK (see lib/pipeline-alarm.ts).
 *
 * The filter lists what is excluded and passes messages without these fields, so that an unexpected state or message reaches
 * the operators. SNS always drops a body that is not JSON if there is a filter on the body. Only alarms may publish to this
 * topic, and their messages are JSON. A new filter takes up to 15 minutes to become effective: operators who confirm
 * immediately may still receive a few of these mails.
 */
export const operatorsFilter: Record<string, FilterOrPolicy> = {
  $or: FilterOrPolicy.filter(
    new SubscriptionFilter([
      { NewStateValue: [{ 'anything-but': ['OK'] }, { exists: false }] },
      { OldStateValue: [{ 'anything-but': ['INSUFFICIENT_DATA'] }, { exists: false }] },
    ]),
  ),
};
