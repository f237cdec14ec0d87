import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mail, MailTransport } from '../core/delivery/send.ts';
import { makeFolder } from './make-folder.ts';

/** Saves emails to a folder as `.eml` files, which any mail program opens, and shows them. */
export class OutboxMail implements MailTransport {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #show: (mail: Mail, file: string) => void;
  #saved = 0;

  constructor(folder: string, now: () => number, show: (mail: Mail, file: string) => void = () => {}) {
    this.#folder = folder;
    this.#now = now;
    this.#show = show;
  }

  async send(mail: Mail): Promise<string> {
    makeFolder(this.#folder);
    this.#saved += 1;
    const stamp = new Date(this.#now()).toISOString().replace(/[:.]/g, '-');
    const file = join(this.#folder, `${stamp}-${process.pid}-${this.#saved}.eml`);
    writeFileSync(file, mail.mime);
    this.#show(mail, file);
    return file;
  }
}
