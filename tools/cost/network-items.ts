import { networkOf } from '../../core/definition/network.ts';
import { gatewayServices } from '../../core/deployment/aws-services.ts';
import { functionsInNetwork, servicesFromNetwork } from '../../functions/deployed-network.ts';
import type { Billed, Item } from './item.ts';

const kilobytesPerGigabyte = 1_000_000;

/** The data of an invocation to AWS and back: TLS handshakes, the request that publishes metrics, and its response. */
const kilobytesPerInvocation = 20;

/**
 * What the network of the checks is charged for: interface endpoints in each zone, or one NAT gateway with its public
 * address, unless they exist in any case; and the data of the checks to AWS. The data to targets is not known. DynamoDB
 * has a gateway endpoint, which is free.
 */
export function networkItems({ document, traffic }: Billed): Item[] {
  const network = networkOf(document);
  const functions = functionsInNetwork(document);
  if (!network || functions.length === 0) return [];
  const invocations = functions.reduce((sum, { name }) => sum + (traffic.invocations.get(name) ?? 0), 0);
  const gigabytes = (invocations * kilobytesPerInvocation) / kilobytesPerGigabyte;
  const { awsAccess, awsAccessExists, subnetIds, availabilityZones = subnetIds.length } = network;
  if (awsAccess === 'nat-gateway')
    return [
      ...(awsAccessExists ? [] : [item('NAT gateway', { natGateway: 1, publicAddress: 1 })]),
      item('data through the NAT gateway', { natData: gigabytes }),
    ];
  const interfaces = servicesFromNetwork(document).filter((service) => !gatewayServices.includes(service));
  return [
    ...(awsAccessExists
      ? []
      : interfaces.map((service) => item(`VPC endpoint ${service}`, { interfaceEndpoint: availabilityZones }))),
    item('data through the VPC endpoints', { endpointData: gigabytes }),
  ];
}

const item = (name: string, uses: Item['uses']): Item => ({ kind: 'network', name, uses });
