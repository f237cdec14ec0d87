import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { Network } from './network.ts';

/** What every part of the pipeline needs: the document, the encryption key, and the topic for failures of the pipeline itself. */
export interface PipelineContext {
  readonly document: MonitoringDocument;
  readonly key: IKey;
  /** The `pipeline-failure` topic. */
  readonly failures: ITopic;
  /** The network of functions that connect to targets. @default no VPC */
  readonly network?: Network | undefined;
}
