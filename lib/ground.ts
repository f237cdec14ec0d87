import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { MonitoringDocument } from '../core/definition/document.ts';

/** What every part of the pipeline stands on: what it is for, what encrypts it, and who hears when it fails. */
export interface Ground {
  readonly document: MonitoringDocument;
  readonly key: IKey;
  /** The `pipeline-failure` topic. */
  readonly failures: ITopic;
}
