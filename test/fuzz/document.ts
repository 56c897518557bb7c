/** As much of JSON Schema as our document uses. */
export type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  maxItems?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

export type Parameter = { name: string; in: string; required?: boolean; schema: Schema };
type Content = Record<string, { schema?: Schema }>;

type OperationObject = {
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};

export type OpenApiDocument = {
  paths: Record<string, Record<string, OperationObject>>;
  components?: { schemas?: Record<string, Schema> };
};

export type Operation = {
  /** As in the document, e.g. `get /api/tutors/{id}`. */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  responses: OperationObject['responses'];
  /** How often it is drawn, beside the others: what takes a body has more to get wrong. */
  weight: number;
};

/** Every operation of a document: one that is added to it needs to be listed nowhere else. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses }]) => {
      const body = requestBody?.content['application/json']?.schema ?? null;
      const weight = 1 + (body === null ? 0 : Math.min(7, fieldsIn(document, body)));
      return { name: `${method} ${path}`, method: method.toUpperCase(), path, parameters, body, responses, weight };
    }),
  );
}

/** The schema itself, or the one that it refers to. */
export function resolved(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1) ?? '';
  return document.components?.schemas?.[name] ?? {};
}

function fieldsIn(document: OpenApiDocument, schema: Schema): number {
  const { properties = {}, items, anyOf = [] } = resolved(document, schema);
  const inner = [...Object.values(properties), ...anyOf, ...(items === undefined ? [] : [items])];
  return Object.keys(properties).length + inner.reduce((sum, part) => sum + fieldsIn(document, part), 0);
}
