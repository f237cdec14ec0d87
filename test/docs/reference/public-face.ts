import { fileURLToPath } from 'node:url';
import ts from 'typescript-api';

// What the compiler knows of the public face: each export, its doc comment and its options. TypeScript 7 has no API for
// this, so the last version that has one reads the same sources.

/** An option of a helper, or a key of the definition. */
export interface Option {
  name: string;
  required: boolean;
  type: string;
  /** Its doc comment, without tags. */
  text: string;
  default?: string;
  /** Of an object, or of each object of a map: its own options. */
  options?: readonly Option[];
}

/** Something that a config imports. */
export interface Exported {
  name: string;
  kind: 'function' | 'type' | 'value';
  text: string;
  default?: string;
  example?: string;
  options: readonly Option[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Every export of an entry file, in the order of their names. */
export function exportsOf(entry: string): Exported[] {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([`${root}/${entry}`], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const file = checker.getSymbolAtLocation(program.getSourceFile(`${root}/${entry}`)!)!;
  return checker
    .getExportsOfModule(file)
    .map((symbol) => exported(symbol, checker))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function exported(symbol: ts.Symbol, checker: ts.TypeChecker): Exported {
  const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isType = (declared.flags & ts.SymbolFlags.Value) === 0;
  const [signature] = isType ? [] : checker.getTypeOfSymbol(declared).getCallSignatures();
  const given = signature?.parameters[0];
  const settings = isType
    ? checker.getDeclaredTypeOfSymbol(declared)
    : given && checker.getTypeOfSymbolAtLocation(given, declared.declarations![0]!);
  return {
    name: symbol.name,
    kind: isType ? 'type' : signature ? 'function' : 'value',
    ...described(declared, checker),
    options: settings ? optionsOf(settings, checker) : [],
  };
}

/** The properties of an object of options; none of a text or a list. */
function optionsOf(settings: ts.Type, checker: ts.TypeChecker): Option[] {
  const object = checker.getNonNullableType(settings);
  if (readable(checker.typeToString(object)) === 'Secret') return [];
  const parts = object.isUnion() ? object.types : [object];
  if (!parts.every((part) => part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) return [];
  if (parts.some((part) => checker.isArrayType(part))) return [];
  const found = new Map<string, Option>();
  for (const property of parts.flatMap((part) => checker.getPropertiesOfType(part))) {
    const option = optionOf(property, checker);
    // An option that another form of the same helper forbids is declared there as `never`.
    if (option.type !== 'undefined' && !found.has(option.name)) found.set(option.name, option);
  }
  return [...found.values()];
}

function optionOf(property: ts.Symbol, checker: ts.TypeChecker): Option {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(property));
  const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const inner = innerOf(type, checker);
  const found = inner.type.isUnion() ? [] : optionsOf(inner.type, checker);
  // What has no comments of its own is shown by its type: a secret, a price by its name.
  const options = found.some(({ text }) => text) ? found : [];
  return {
    name: property.name,
    required: !isOptional,
    type:
      options.length > 0
        ? inner.called
        : readable(checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)),
    ...described(property, checker),
    ...(options.length > 0 && { options }),
  };
}

/** The object that an option holds, by itself or by name. A reason in its place, `because('…')`, is left out. */
function innerOf(type: ts.Type, checker: ts.TypeChecker): { called: string; type: ts.Type } {
  const named = type.getStringIndexType();
  if (named) return { called: 'a map of names to objects', type: checker.getNonNullableType(named) };
  const [object, ...others] = type.isUnion() ? type.types.filter((part) => !part.getProperty('because')) : [type];
  return { called: 'object', type: object && others.length === 0 ? object : type };
}

function described(symbol: ts.Symbol, checker: ts.TypeChecker) {
  const tag = (name: string) => {
    const found = symbol.getJsDocTags(checker).find((candidate) => candidate.name === name);
    return found && { [name]: oneLine(ts.displayPartsToString(found.text)) };
  };
  return {
    text: oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    ...tag('default'),
    ...tag('example'),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A type as a person reads it: durations and secrets by their names. */
const readable = (type: string): string =>
  type
    .replaceAll(/(`\$\{number\} \w+`( \| )?)+/g, (all) => (all.endsWith('| ') ? 'Duration | ' : 'Duration'))
    .replaceAll(/\{ secret: string; \}|\bSecretRef\b/g, 'Secret')
    .replaceAll(/ \| undefined\b/g, '')
    .replaceAll(/;( \})/g, '$1')
    .replaceAll('"', "'");
