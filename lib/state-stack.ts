import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { indexKeys, tables } from '../core/deployment/tables.ts';
import { fixFeatureFlags } from './feature-flags.ts';
import { keyStatements } from './key-policy.ts';
import { type Deployment, physicalName } from './names.ts';
import { consoleUrl } from './outputs.ts';
import { type StateShape, shapeExport, stateShapes } from './state-shape.ts';

type TableName = keyof typeof tables;

/**
 * The data that must outlive every other stack: the tables and the key that encrypts the pipeline. They are retained when the
 * stack is deleted, and the tables can be restored to any second of the last 35 days.
 */
export class StateStack extends Stack {
  readonly key: Key;
  readonly tables: Readonly<Record<TableName, Table>>;

  /** @param props.shapes of another version than this one, in tests of an upgrade */
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { deployment: Deployment; shapes?: readonly StateShape[] },
  ) {
    super(scope, id, { description: 'Tocsin: execution history, incidents and their encryption key.', ...props });
    fixFeatureFlags(this);
    this.key = new Key(this, 'Key', {
      alias: physicalName(props.deployment),
      description: `Encrypts the monitoring pipeline ${physicalName(props.deployment)}.`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of keyStatements(props.deployment)) this.key.addToResourcePolicy(statement);
    this.tables = { history: this.table('history'), incidents: this.table('incidents') };

    this.#sayWhatItHas(props.shapes ?? stateShapes);

    new CfnOutput(this, 'HistoryTableName', { value: this.tables.history.tableName });
    new CfnOutput(this, 'IncidentsTableName', { value: this.tables.incidents.tableName });
    new CfnOutput(this, 'HistoryConsole', {
      description: 'The execution history.',
      value: consoleUrl('dynamodbv2', `item-explorer?operation=QUERY&table=${this.tables.history.tableName}`),
    });
  }

  /**
   * The exports that pipelines import. They are written explicitly and do not depend on references of the pipeline, because a
   * new version of the state must never remove an export that a deployed pipeline imports. All shapes are exported.
   */
  #sayWhatItHas(shapes: readonly StateShape[]): void {
    this.exportValue(this.key.keyArn);
    for (const table of Object.values(this.tables)) {
      this.exportValue(table.tableArn);
      this.exportValue(table.tableName);
    }
    for (const version of shapes.keys()) {
      new CfnOutput(this, `Shape${version + 1}`, {
        description: 'A version of the tables that a pipeline may require.',
        value: String(version + 1),
        exportName: shapeExport(this.stackName, version + 1),
      });
    }
  }

  private table(name: TableName): Table {
    const table = new Table(this, `${name}-table`, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      timeToLiveAttribute: tables[name].timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const indexName of tables[name].indexes) {
      const { pk, sk } = indexKeys(indexName);
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: pk, type: AttributeType.STRING },
        sortKey: { name: sk, type: AttributeType.STRING },
      });
    }
    return table;
  }
}
