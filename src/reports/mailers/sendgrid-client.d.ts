/**
 * The class behind SendGrid's SDK. Its own types describe the ready-made instance only, which all callers would share,
 * and leave out the request options that it passes on to axios.
 */
declare module '@sendgrid/client/src/classes/client.js' {
  import type { Agent as HttpAgent } from 'node:http';
  import type { Agent as HttpsAgent } from 'node:https';

  type RequestDefaults = {
    baseUrl?: string;
    httpAgent?: HttpAgent;
    httpsAgent?: HttpsAgent;
    maxRedirects?: number;
    signal?: AbortSignal;
  };

  export default class Client {
    setApiKey(apiKey: string): void;
    setDefaultRequest(defaults: RequestDefaults): this;
    request(request: {
      method: 'POST';
      url: string;
      body: object;
    }): Promise<[{ statusCode: number; headers: unknown }, unknown]>;
  }
}
