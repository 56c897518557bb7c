import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> };
type Document = { paths: Record<string, Record<string, Operation>>; components?: object };

/** Checks answers against the document that the API gives of itself. */
export function openApiChecker(app: FastifyInstance) {
  const document: Document = JSON.parse(JSON.stringify(app.swagger()));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'openapi', components: document.components });

  return (method: string, url: string, answer: LightMyRequestResponse): void => {
    const path = url.split('?')[0] ?? '';
    const template = Object.keys(document.paths).find((candidate) => matches(candidate, path));
    const operation = template === undefined ? undefined : document.paths[template]?.[method.toLowerCase()];
    if (operation === undefined) return;
    const response = operation.responses[String(answer.statusCode)];
    if (response === undefined) throw new Error(`${method} ${template}: ${answer.statusCode} is not documented`);
    const schema = response.content?.['application/json']?.schema;
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    if (schema === undefined || !isJson) return;
    const isValid = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')));
    if (isValid(answer.json())) return;
    throw new Error(`${method} ${template}: ${ajv.errorsText(isValid.errors)}`);
  };
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path);
}
