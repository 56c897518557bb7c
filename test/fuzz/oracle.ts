import { isUtf8 } from 'node:buffer';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { OpenApiDocument, Operation } from './document.ts';
import type { FuzzRequest } from './fuzz-request.ts';
import type { Answer } from './read-answer.ts';
import type { Reply } from './wire.ts';

/** What no sender is to see; none of it stands in what we send, so that an echo is not taken for a leak. */
const LEAKS = [
  /node_modules/,
  /\n\s+at .+:\d+:\d+/,
  /\.ts:\d+/,
  /file:\/\/\/(?!etc)/,
  /syntax error at or near/,
  /invalid input syntax|invalid byte sequence|out of range for type/,
  /duplicate key value|violates \w+ constraint|violates foreign key/,
  /(relation|column) "\w+" (does not exist|of relation)/,
  /\b(select|insert into|update) [\w".]+ .*\b(from|values|set)\b/,
  /postgres(ql)?:\/\//,
  /ECONN|ENOENT|EACCES|HPE_|FST_ERR/,
];

/** Before a route is asked, these may be answered to any request; the document says so once, for all. */
const BEFORE_ANY_ROUTE = new Set([400, 408, 413, 417, 431]);
const ERROR_KEYS = 'details,error,message';

/** Says what is wrong with a reply; `null` = nothing. */
export type Oracle = (request: FuzzRequest, reply: Reply) => string | null;

export function createOracle(document: OpenApiDocument, operations: readonly Operation[]): Oracle {
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const schemaFault = schemaChecker(document);

  return (request, { answers, problem }) => {
    if (answers.length > 1) return `${answers.length} answers to one request`;
    const [answer] = answers;
    if (answer === undefined) return problem;
    const fault = faultOfAnyAnswer(answer, request.method) ?? problem;
    if (fault !== null) return fault;
    const operation = byName.get(request.operation);
    const isAsked = operation !== undefined && !['method', 'address'].includes(request.kind);
    // A broken address may be another one that is good, and another method another operation.
    const named = isAsked ? operation : operationFor(operations, request);
    return named === undefined ? null : faultOf(named, answer, request.method);
  };

  function faultOf({ responses }: Operation, { status, headers, body }: Answer, method: string): string | null {
    const response = responses[String(status)];
    if (response === undefined) return BEFORE_ANY_ROUTE.has(status) ? null : `${status} is not documented`;
    const content = response.content;
    if (content === undefined || body.length === 0 || method === 'HEAD') return null;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    const media = content[type];
    if (media === undefined) return `${type} is not documented for ${status}`;
    return media.schema === undefined || type !== 'application/json' ? null : schemaFault(media.schema, body);
  }
}

function faultOfAnyAnswer({ status, headers, body }: Answer, method: string): string | null {
  const text = body.toString();
  // Overload, and a database that does not answer in time, are told by these words alone.
  const isBug = status >= 500 && !(status === 503 && /"error":"unavailable"|"status":"unhealthy"/.test(text));
  if (isBug) return `${status}: ${text.slice(0, 300)}`;
  // The document itself speaks of updates in plain words.
  const leak = text.startsWith('{"openapi":') ? undefined : LEAKS.find((pattern) => pattern.test(text));
  if (leak !== undefined) return `${status} tells ${String(leak)}: ${text.slice(0, 500)}`;
  if (text.includes('\ufffd') && !isUtf8(body)) return 'the answer is not UTF-8';
  if (status < 400 || method === 'HEAD') return null;
  if (headers.get('content-type') === 'text/html; charset=utf-8') return status === 404 ? null : `${status} is HTML`;
  if (headers.get('content-type') !== 'application/json; charset=utf-8') {
    return `${status} is ${headers.get('content-type') ?? 'of no type'}`;
  }
  if (status === 503 && text.includes('"unhealthy"')) return null;
  return hasErrorShape(text) ? null : `${status} is not in the shape of errors: ${text.slice(0, 300)}`;
}

function hasErrorShape(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && Object.keys(body).toSorted().join() === ERROR_KEYS;
  } catch {
    return false;
  }
}

function schemaChecker(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
  return (schema: object, body: Buffer): string | null => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components');
    const isValid = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, isValid);
    try {
      return isValid(JSON.parse(body.toString())) ? null : `breaks the document: ${ajv.errorsText(isValid.errors)}`;
    } catch (error) {
      return `is no JSON: ${String(error)}`;
    }
  };
}

function operationFor(operations: readonly Operation[], { method, target }: FuzzRequest): Operation | undefined {
  const path = target.split(/[?#]/)[0] ?? '';
  const matching = operations.filter((operation) => operation.method === method && matches(operation.path, path));
  return matching.find((operation) => operation.path === path) ?? matching[0];
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path);
}
