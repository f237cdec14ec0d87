import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { makeFolder } from '../../laptop/make-folder.ts';
import { type Answers, ask, defaultAnswers, expectValid } from '../init/answers.ts';
import { initialFiles, pagesFolder } from '../init/files.ts';
import { ownApp, type Project, projectIn } from '../init/project.ts';
import { ciCommands, gitlabJob } from '../init/workflow.ts';
import { defaultConfig } from '../load-config.ts';
import type { Terminal } from '../terminal.ts';
import { docs } from './docs.ts';

export interface InitOptions {
  /** Use the defaults and the given answers without asking. @default false; true if stdin is not a terminal */
  yes?: boolean;
  name?: string;
  url?: string;
  email?: string;
}

/** `tocsin init`: creates the files of a deployment in this folder. Existing files are not changed. */
export async function init(options: InitOptions, terminal: Terminal, folder = process.cwd()): Promise<void> {
  const project = projectIn(folder);
  const { yes, ...given } = options;
  const defaults = { ...defaultAnswers(project), ...given };
  const answers = yes || !process.stdin.isTTY ? defaults : await ask(defaults);

  const files = initialFiles(project, answers);
  const existing = new Set(files.map(({ path }) => path).filter((path) => existsSync(join(folder, path))));
  if (!existing.has(defaultConfig)) expectValid(answers);
  for (const { path, content } of files) {
    if (!existing.has(path)) writeNew(join(folder, path), content);
    terminal.print(`${existing.has(path) ? 'exists ' : 'written'}  ${path}`);
  }
  // Pages are only written for a new config. For an existing config, the user decides.
  if (!existing.has(defaultConfig)) {
    await docs({ config: join(folder, defaultConfig), out: join(folder, pagesFolder) }, quiet(terminal));
    terminal.print(`written  ${pagesFolder}/ (a runbook for each rule, and the metrics)`);
  }
  terminal.print(`\n${nextSteps(project, answers)}`);
}

function writeNew(file: string, content: string): void {
  makeFolder(dirname(file));
  writeFileSync(file, content, { flag: 'wx' });
}

/** Prints the warnings of the pages, but not their list. */
const quiet = ({ warn }: Terminal): Terminal => ({ print: () => {}, warn });

function nextSteps(project: Project, { url }: Answers): string {
  const steps = [
    ...(project.hasPackage ? [] : ['npm init -y && npm i -D tocsin']),
    `Edit monitoring.config.ts: it monitors ${url}. All options: npx tocsin config`,
    'npx tocsin start                                  run it on this machine',
    `${ciCommands[1]!.padEnd(49)} test the rules`,
    'npx tocsin cost                                   see what it costs on AWS',
    ...(project.cdkApp === undefined
      ? [
          `npm i -D aws-cdk aws-cdk-lib constructs tsx && npx cdk deploy --all${project.hasOtherApp ? ` --app "npx tsx ${ownApp}"` : ''}`,
        ]
      : [`Add to ${project.cdkApp}, then deploy as usual:\n\n${indented(cdkLines(project.cdkApp, project))}\n`]),
    ...(project.notIgnored.length > 0 ? [`Add to .gitignore: ${project.notIgnored.join(', ')}`] : []),
    ...(project.ci === 'gitlab' ? [`Add to .gitlab-ci.yml:\n\n${indented(gitlabJob)}`] : []),
  ];
  return ['Next steps', ...steps.map((step, i) => `  ${i + 1}. ${step}`)].join('\n');
}

const cdkLines = (app: string, { isEsm }: Project) => `import { Tocsin } from 'tocsin/cdk';
import definition from '${relativeTo(app, isEsm ? 'monitoring.config.js' : 'monitoring.config')}';

new Tocsin(app, 'Monitoring', { definition });`;

/** The path of a file in this folder, as another file imports it: `../monitoring.config`. */
function relativeTo(from: string, file: string): string {
  const path = relative(dirname(from), file).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

const indented = (text: string) => text.trimEnd().replaceAll(/^(?=.)/gm, '       ');
