import { GetRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { at } from './account.ts';
import { invoke, renew } from './invoke.ts';

/** A deployed function, its role, and the shortest work that shows what it may do. */
export interface Subject {
  functionName: string;
  roleName: string;
  /** Events to give it, made anew for each try, so that none of them was seen before. */
  events: () => unknown[];
  /** Ends what a try before left behind and the next one must not meet. */
  forget: () => Promise<void>;
}

/** The name of the inline policy that lib/pipeline-function.ts gives each role. */
const PolicyName = 'contract';

/**
 * Takes the statements of a function's role away, one at a time, and gives it its events each time.
 * @returns the statements (by their Sid) without which an event fails, and those whose loss nothing shows
 */
export async function tryWithout(endpoint: string, subject: Subject): Promise<{ needed: string[]; unseen: string[] }> {
  const iam = new IAMClient(at(endpoint));
  const RoleName = subject.roleName;
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  const whole = JSON.parse(decodeURIComponent(PolicyDocument)) as { Statement: { Sid: string }[] };
  const put = (policy: typeof whole) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: JSON.stringify(policy) }));

  const before = await failures(endpoint, subject);
  if (before.length > 0)
    throw new Error(`${subject.functionName} fails with all of its statements: ${before.join('; ')}`);
  const found = { needed: [] as string[], unseen: [] as string[] };
  for (const { Sid } of whole.Statement) {
    await put({ ...whole, Statement: whole.Statement.filter((statement) => statement.Sid !== Sid) });
    const failed = await failures(endpoint, subject);
    found[failed.length > 0 ? 'needed' : 'unseen'].push(Sid);
  }
  await put(whole);
  return found;
}

/** How a new environment of the function, without anything that an old one has cached, fails at its events. */
async function failures(endpoint: string, { functionName, events, forget }: Subject): Promise<string[]> {
  await renew(endpoint, functionName);
  await forget();
  const found: string[] = [];
  for (const event of events()) {
    const failure = await invoke(endpoint, functionName, event);
    if (failure !== undefined) found.push(failure);
  }
  return found;
}
