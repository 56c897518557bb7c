import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

/** Reads a part of a request with its zod schema. What fails is the schema's own error, for the error handler to word. */
export const readWithZod: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const parsed = schema.safeParse(data);
    return parsed.success ? { value: parsed.data } : { error: parsed.error };
  };
};
