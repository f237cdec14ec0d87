import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import pc from 'picocolors';
import { SystemClock } from '../../adapters/system-clock.ts';
import { parseDefinition } from '../../catalog/parse-definition.ts';
import { slackChannel } from '../../core/channels/slack/slack.ts';
import { UserError } from '../../core/user-error.ts';
import { demoDefinition } from '../../laptop/demo/demo-definition.ts';
import { DemoService } from '../../laptop/demo/demo-service.ts';
import { StandInReceiver } from '../../laptop/demo/stand-in-receiver.ts';
import { tour } from '../../laptop/demo/tour.ts';
import { readablePost } from '../../laptop/printed-messages.ts';
import { runLaptop } from '../../laptop/run-laptop.ts';
import { StateFolder } from '../../laptop/state-folder.ts';
import { greet } from '../greet.ts';
import { defaultConfig, loadConfig } from '../load-config.ts';
import { stopSignal } from '../stop-signal.ts';
import { framed, type Terminal } from '../terminal.ts';
import { terminalView } from '../terminal-view.ts';

export interface StartOptions {
  config?: string;
  /** Run the demo even if there is a config. @default false */
  demo?: boolean;
  stage?: string;
  state: string;
  port: number;
  print?: boolean;
  ses?: boolean;
}

/** `tocsin start`: runs the config of the user, or the demo if there is none, until Ctrl-C. */
export async function start(options: StartOptions, terminal: Terminal): Promise<void> {
  const stop = stopSignal(terminal);
  const folder = new StateFolder(options.state);
  const config = options.config ?? (!options.demo && existsSync(defaultConfig) ? defaultConfig : undefined);
  if (config === undefined) await startDemo(options, folder, terminal, stop);
  else await startOwn(config, options, folder, terminal, stop);
}

async function startOwn(
  config: string,
  options: StartOptions,
  folder: StateFolder,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<void> {
  const document = parseDefinition(await loadConfig(config), { stage: options.stage, world: 'laptop' });
  const view = terminalView(document, terminal, options);
  await runLaptop(document, { ...options, folder, configFolder: dirname(config), view }, stop, () => {
    greet(document, terminal);
    terminal.print(pc.dim('Only changes are printed. Press Ctrl-C to stop.\n'));
  });
}

async function startDemo(
  options: StartOptions,
  folder: StateFolder,
  terminal: Terminal,
  stop: AbortSignal,
): Promise<void> {
  const service = await listen('the demo service', options.port, () =>
    DemoService.start({ clock: new SystemClock(), port: options.port }),
  );
  try {
    const onReceived = ({ message }: { message: Record<string, unknown> }) =>
      terminal.print(framed('Slack, as received', readablePost(slackChannel, message)));
    const slack = await listen('the Slack stand-in', options.port + 1, () =>
      StandInReceiver.start(slackChannel, { port: options.port + 1, onReceived }),
    );
    try {
      const definition = demoDefinition({ service: service.url, slackWebhook: slack.url });
      const document = parseDefinition(definition, { world: 'laptop' });
      const say = (text: string) => terminal.print(pc.cyan(`→ ${text}`));
      await runLaptop(document, { folder, view: terminalView(document, terminal) }, stop, () => {
        greet(document, terminal);
        terminal.print(
          pc.dim(
            `  demo service: ${service.url}, Slack stand-in: ${new URL(slack.url).origin}, state folder: ${folder.path}\n`,
          ),
        );
        void tour({ say, setMode: (mode) => service.fail(mode), stop }).then(() => {
          if (stop.aborted) return;
          say('The incident resolves now. Then try it yourself in another terminal:');
          say('  npx tocsin demo down          (or slow, model-not-loaded, errors, ok)');
          say("  npx tocsin batch run nightly -- sh -c 'echo cannot reach the API; exit 1'");
          say('  npx tocsin history runs --days 1        Press Ctrl-C here to stop.');
        });
      });
    } finally {
      await slack.stop();
    }
  } finally {
    await service.stop();
  }
}

async function listen<T>(what: string, port: number, begin: () => Promise<T>): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new UserError(
      `Port ${port} is in use, but ${what} needs it. Use other ports: npx tocsin start --demo --port ${port + 1000}`,
    );
  }
}
