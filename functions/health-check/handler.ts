import { awsSecrets } from '../../adapters/aws-secrets.ts';
import { loadHttpClient, NodeHttpProbe } from '../../adapters/got-http-probe.ts';
import { parseEnvironment } from '../../adapters/parse-environment.ts';
import { lambdaCheck } from '../check-handler.ts';
import { terms } from './contract.ts';
import { observer } from './observe.ts';

await loadHttpClient();

export const handler = await lambdaCheck(parseEnvironment(terms.environment), ({ clock }) =>
  observer({ http: new NodeHttpProbe({ clock }), secrets: awsSecrets(clock) }),
);
