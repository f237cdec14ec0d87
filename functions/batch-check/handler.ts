import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { lambdaCheck } from '../check-handler.ts';
import { terms } from './contract.ts';
import { observer } from './observe.ts';

export const handler = await lambdaCheck(parseEnvironment(terms.environment), ({ history }) =>
  observer({ ledger: history, runs: history }),
);
