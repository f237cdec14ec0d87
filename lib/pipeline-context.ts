import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Network } from './network.ts';

/** What every part of the pipeline refers to: the document, the key that encrypts it, and the topic on which its own failures are reported. */
export interface PipelineContext {
  readonly document: MonitoringDocument;
  readonly key: IKey;
  /** The `pipeline-failure` topic. */
  readonly failures: ITopic;
  /** Where functions that connect to targets run. @default in no VPC */
  readonly network?: Network | undefined;
}
