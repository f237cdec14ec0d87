import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/user-error.ts';
import { makeFolder } from '../../laptop/make-folder.ts';
import { alertmanagerConfig } from '../../tools/export/alertmanager.ts';
import { prometheusRules } from '../../tools/export/prometheus-rules.ts';
import { promtoolTests } from '../../tools/export/promtool-tests.ts';
import type { Means } from '../../tools/export/receivers.ts';
import type { Terminal } from '../terminal.ts';
import { writeYaml } from '../write-yaml.ts';
import { documentOf, type RulesOptions, readRuleTests } from './rules.ts';

/** The options of an export: it is written to a folder or printed. */
export interface ExportOptions extends RulesOptions {
  out?: string;
}

const rulesFile = 'tocsin.rules.yml';

/** `tocsin rules export prometheus [tests...]`: exports rules for Prometheus, and rule tests for promtool. */
export async function exportPrometheus(
  tests: readonly string[],
  options: ExportOptions & { scrapeInterval: number },
  terminal: Terminal,
): Promise<void> {
  if (tests.length > 0 && options.out === undefined)
    throw new UserError('Rule tests are written to separate files. Specify the folder with --out <folder>.');
  const document = await documentOf(options);
  const contents = tests.map(readRuleTests);
  const scraping = { scrapeSeconds: options.scrapeInterval };
  const { files, unknown } = promtoolTests(document, contents, rulesFile, scraping);
  if (unknown.length > 0) throw new UserError(`The config has no rule called ${[...new Set(unknown)].join(', ')}.`);
  deliver(
    [
      { name: rulesFile, text: writeYaml(prometheusRules(document, scraping)) },
      ...files.map(({ name, content }) => ({ name, text: writeYaml(content) })),
    ],
    options,
    terminal,
  );
}

/** `tocsin rules export alertmanager`: exports channels and routes for Alertmanager. */
export async function exportAlertmanager(options: ExportOptions & Means, terminal: Terminal): Promise<void> {
  const text = writeYaml(alertmanagerConfig(await documentOf(options), options));
  deliver([{ name: 'alertmanager.yml', text }], options, terminal);
}

function deliver(files: readonly { name: string; text: string }[], { out }: ExportOptions, terminal: Terminal): void {
  if (out === undefined) {
    for (const { text } of files) terminal.print(text.trimEnd());
    return;
  }
  for (const { name, text } of files) {
    const file = join(out, name);
    try {
      makeFolder(out);
      writeFileSync(file, text);
    } catch (error) {
      throw new UserError(`${file} cannot be written: ${(error as Error).message}`);
    }
    terminal.print(file);
  }
}
