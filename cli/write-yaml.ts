import { Document, isMap, isSeq, type Node } from 'yaml';
import { Noted } from '../tools/export/noted.ts';

/** Formats data as YAML, with the comments of {@link Noted} values above them. Multiline texts are written as blocks. */
export function writeYaml(data: unknown): string {
  const document = new Document();
  const root = data instanceof Noted ? data : new Noted([], data);
  if (root.says.length > 0) document.commentBefore = comment(root.says);
  document.contents = nodeOf(document, root.content) as typeof document.contents;
  return document.toString({ lineWidth: 0 });
}

function nodeOf(document: Document, data: unknown): Node {
  if (data instanceof Noted) {
    const node = nodeOf(document, data.content);
    node.commentBefore = comment(data.says);
    return node;
  }
  const node = document.createNode(Array.isArray(data) ? [] : isRecord(data) ? {} : data) as Node;
  if (isSeq(node)) node.items = (data as unknown[]).map((item) => nodeOf(document, item));
  if (isMap(node)) {
    for (const [key, value] of Object.entries(data as Record<string, unknown>)) {
      node.items.push(document.createPair(key, nodeOf(document, value)));
    }
  }
  return node;
}

const isRecord = (data: unknown) => typeof data === 'object' && data !== null;
const comment = (says: readonly string[]) => says.map((line) => (line === '' ? '' : ` ${line}`)).join('\n');
