import * as z from 'zod';
import { becauseSchema } from './because.ts';

/** The id of a resource in EC2: a prefix and 17 hexadecimal digits, or 8 if the resource is old. */
const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`),
      `is not the id of a ${what}; use one such as '${prefix}-0123456789abcdef0'`,
    );

/** A list of such ids, each once, within the limit of AWS Lambda. */
const idsOf = (prefix: string, what: string, most: number) =>
  z
    .array(idOf(prefix, what))
    .min(1, `has no ${what}; add one`)
    .max(most, `has more than ${most} ids, the limit of AWS Lambda; remove some`)
    .refine((ids) => new Set(ids).size === ids.length, 'has an id twice; remove one');

/** The VPC from which checks connect to targets, so that they reach private addresses and names. The laptop ignores it. */
const vpcNetwork = z
  .strictObject({
    /** The id of the VPC: `vpc-0123456789abcdef0`. It must exist: Tocsin does not create it. */
    vpcId: idOf('vpc', 'VPC'),
    /**
     * The ids of the subnets, 1 to 16, all in this VPC. Use private subnets in at least two availability zones. In a public
     * subnet, a function has no public address and cannot reach the internet.
     */
    subnetIds: idsOf('subnet', 'subnet', 16),
    /** The ids of security groups, 1 to 5. @default one group for each function, which allows all outbound connections */
    securityGroupIds: idsOf('sg', 'security group', 5).optional(),
    /** Whether checks also connect over IPv6. All subnets must be dual-stack. @default false */
    ipv6: z.boolean().default(false),
    /**
     * How the subnets reach the APIs of AWS, which the checks call: through a NAT gateway, or through VPC endpoints. Targets
     * on the internet need a NAT gateway. Tocsin creates neither: the output `ConnectNetwork` lists what is needed.
     * @default 'nat-gateway'
     */
    awsAccess: z.enum(['nat-gateway', 'vpc-endpoints']).default('nat-gateway'),
    /**
     * Whether the NAT gateway or the endpoints exist in any case, for other applications. If true, the bill counts only the
     * data that the checks send through them. @default false
     */
    awsAccessExists: z.boolean().default(false),
    /**
     * The number of availability zones of the subnets. Interface endpoints are charged by the hour in each of them.
     * @default one for each subnet
     */
    availabilityZones: z.number().int().min(1).optional(),
  })
  .superRefine(({ subnetIds, availabilityZones = 1 }, context) => {
    if (availabilityZones > subnetIds.length)
      context.addIssue({
        code: 'custom',
        path: ['availabilityZones'],
        message: `is more than the number of subnets, and a subnet is in one zone; use at most ${subnetIds.length}`,
      });
  });

/** A network, or the reason why private addresses need none. */
export const network = z.union([vpcNetwork, becauseSchema]);

/** A network with its defaults. */
export type VpcNetwork = z.output<typeof vpcNetwork>;

/** The network of a document. Undefined if it has none, or the reason why it needs none. */
export const networkOf = (document: { network?: z.output<typeof network> }): VpcNetwork | undefined =>
  document.network && 'vpcId' in document.network ? document.network : undefined;
