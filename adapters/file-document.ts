import { readFile } from 'node:fs/promises';
import type { MonitoringDocument } from '../core/definition/document.ts';
import type { DocumentSource } from '../core/definition/document-source.ts';

/** The document as a JSON file. It was validated when it was created, so that only its version is checked. */
export class FileDocument implements DocumentSource {
  readonly #path: string | URL;

  constructor(path: string | URL) {
    this.#path = path;
  }

  async read(): Promise<MonitoringDocument> {
    const document = JSON.parse(await readFile(this.#path, 'utf8')) as MonitoringDocument;
    if (document.version !== 1) {
      throw new Error(
        `${this.#path} is a document of version ${document.version}; this code reads version 1, deploy both together`,
      );
    }
    return document;
  }
}

/** The document next to the bundle of a function, where the stacks put it. */
export const bundledDocument = (): FileDocument => new FileDocument(new URL('document.json', import.meta.url));
