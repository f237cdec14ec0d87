import { cli } from '../local/cli.ts';

process.exitCode = await cli(process.argv);
