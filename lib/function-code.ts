import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { MonitoringDocument } from '../core/definition/document.ts';
import { bundleOf } from './function-bundles.ts';

/** The document file next to a bundle. */
export const documentFile = (document: MonitoringDocument): string => `${JSON.stringify(document, undefined, 1)}\n`;

/**
 * The code of a function: its bundle and the document, so that code and configuration are always deployed together. It is
 * written only to the output folder of the user's app. The name of the asset depends only on these files, so that an
 * unchanged deployment has no changes, on any machine.
 */
export class FunctionCode extends Code {
  readonly isInline = false;
  readonly #name: string;
  readonly #document: MonitoringDocument;

  constructor(name: string, document: MonitoringDocument) {
    super();
    this.#name = name;
    this.#document = document;
  }

  override bind(scope: Construct): CodeConfig {
    const stage = Stage.of(scope)!;
    const files = { ...Object.fromEntries(bundleOf(this.#name)), 'document.json': documentFile(this.#document) };
    const sourceHash = hashOf(files);
    const folder = join(stage.assetOutdir, `asset.${sourceHash}`);
    if (!existsSync(folder)) writeFolder(folder, files);
    const { bucketName, objectKey } = Stack.of(scope).synthesizer.addFileAsset({
      sourceHash,
      fileName: relative(stage.outdir, folder),
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      displayName: `${this.#name} code`,
    });
    return { s3Location: { bucketName, objectKey } };
  }
}

type Files = Readonly<Record<string, Uint8Array | string>>;

function hashOf(files: Files): string {
  const hash = createHash('sha256');
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Creates the folder atomically: an interrupted synth leaves no incomplete folder. */
function writeFolder(folder: string, files: Files): void {
  const unfinished = `${folder}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(unfinished, name), content);
    // The file mode is part of the archive, and on Lambda another user reads the file.
    chmodSync(join(unfinished, name), 0o644);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another synth of the same app has written the same folder in the meantime.
    if (!existsSync(folder)) throw error;
  }
}
