import type { BrokeredResponse, ResponseData } from '../../contract/index.js';

/** An answer that came as data, with what can be done with it. */
export function responseOf(data: ResponseData): BrokeredResponse {
  const text = (): string => new TextDecoder().decode(data.body);
  return { ...data, ok: data.status >= 200 && data.status <= 299, text, json: () => JSON.parse(text()) as unknown };
}
