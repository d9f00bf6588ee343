// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.
export interface paths {
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a customer
         * @description Creates a customer in your company, a person or a company. What happens where the customer exists already is not
         *     documented, so keep the id of the answer, and use the same idempotency key when the answer was lost.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A person who is to become a customer. */
        NaturalPerson: {
            /**
             * @description The kind of customer: `natural` is a person.
             * @example natural
             * @constant
             */
            user_type: "natural";
            /**
             * @description First name or names.
             * @example Juan
             */
            first_name: string;
            /**
             * @description Last name or names.
             * @example Pérez
             */
            last_name: string;
            /**
             * Format: email
             * @description E-mail address.
             * @example juan@example.com
             */
            email: string;
            /**
             * @description Phone number with the prefix of its region, such as `+57` for Colombia. Integrators report that a number without it is accepted, and that the WhatsApp message then never arrives.
             * @example +573001234567
             */
            phone: string;
            /**
             * @description The kind of identity document:
             *     - `CC`: citizenship card (cédula de ciudadanía).
             *     - `CE`: foreigner's card (cédula de extranjería).
             *     - `PASSPORT`: passport.
             *
             *     A person has no `NIT`; that is a company's.
             * @example CC
             * @enum {string}
             */
            document_type: "CC" | "CE" | "PASSPORT";
            /**
             * @description Number of the identity document, as a string. No length and no form are documented.
             * @example 1234567890
             */
            document_number: string;
            /**
             * @description Whether OnePay may send messages to the customer. OnePay's page calls it required with a default of `true`, and its shorter examples leave it out.
             * @default true
             * @example true
             */
            enable_notifications?: boolean;
            /**
             * @description Nationality, as an ISO 3166-1 alpha-2 code. Leave it out, or send `null`, where it is not known.
             * @example CO
             */
            nationality?: string | null;
            /**
             * Format: date
             * @description Date of birth, as `YYYY-MM-DD`. Leave it out, or send `null`, where it is not known; never invent one.
             * @example 1990-01-01
             */
            birthdate?: string | null;
        };
        /** @description A company that is to become a customer. */
        Company: {
            /**
             * @description The kind of customer: `company` is a legal person.
             * @example company
             * @constant
             */
            user_type: "company";
            /**
             * @description Name of the company.
             * @example Panadería El Ejemplo
             */
            first_name: string;
            /**
             * @description Demanded for companies, too. What it means for one is not documented; the legal form, such as `S.A.S.`, is a fair choice.
             * @example S.A.S.
             */
            last_name: string;
            /**
             * Format: email
             * @description E-mail address.
             * @example pagos@example.org
             */
            email: string;
            /**
             * @description Phone number with the prefix of its region, such as `+57` for Colombia. Integrators report that a number without it is accepted, and that the WhatsApp message then never arrives.
             * @example +573000000201
             */
            phone: string;
            /**
             * @description The kind of identity document: `NIT` is the tax number of a company.
             * @example NIT
             * @constant
             */
            document_type: "NIT";
            /**
             * @description The tax number, as a string. Whether it ends in its check digit is not documented.
             * @example 000000201
             */
            document_number: string;
            /**
             * @description Whether OnePay may send messages to the customer. OnePay's page calls it required with a default of `true`, and its shorter examples leave it out.
             * @default true
             * @example true
             */
            enable_notifications?: boolean;
            /**
             * @description Country of the company, as an ISO 3166-1 alpha-2 code. Leave it out, or send `null`, where it is not known.
             * @example CO
             */
            nationality?: string | null;
            /**
             * Format: date
             * @description A date as `YYYY-MM-DD`. OnePay does not exclude it for companies, nor say what it means there. Leave it out.
             * @example 1990-01-01
             */
            birthdate?: string | null;
        };
        /** @description A customer to be created: a person with a `CC`, a `CE` or a `PASSPORT`, or a company with a `NIT`. `user_type` tells which. */
        CreateCustomer: components["schemas"]["NaturalPerson"] | components["schemas"]["Company"];
        /** @description A customer of your company. Further fields may come; read what you know and leave the rest. */
        Customer: {
            /**
             * @description Identifier of the customer, a UUID. Keep it; it stands in the address of all the customer's operations.
             * @example 9da58912-101d-46f8-86c9-20a52119c0bf
             */
            id: string;
            /**
             * @description First name or names, or the name of a company.
             * @example John
             */
            first_name: string;
            /**
             * @description Last name or names.
             * @example Doe
             */
            last_name: string;
            /**
             * @description E-mail address. It may be empty.
             * @example john.doe@example.com
             */
            email: string;
            /**
             * @description Phone number, as it was sent. It does not always carry a prefix.
             * @example +573100001020
             */
            phone: string;
            /**
             * @description The kind of identity document: `CC`, `CE`, `NIT`, `PASSPORT`, and perhaps one that is not known here.
             * @example CC
             */
            document_type: string;
            /**
             * @description Number of the identity document.
             * @example 1060500333
             */
            document_number: string;
            /**
             * @description Nationality, as an ISO 3166-1 alpha-2 code.
             * @example CO
             */
            nationality?: string | null;
            /**
             * @description Date of birth, as `YYYY-MM-DD`.
             * @example 1990-01-01
             */
            birthdate?: string | null;
            /**
             * @description When the customer was created, as an ISO 8601 time in UTC.
             * @example 2024-12-04T20:09:08.000000Z
             */
            created_at: string;
        };
        /** @description What is wrong with which field. OnePay documents a list of `{ key, description }`; integrators also meet a map from the field's name to one message or to several. */
        FieldErrors: {
            /**
             * @description Name of the field.
             * @example email
             */
            key?: string;
            /**
             * @description What is wrong with it. It may repeat what was sent.
             * @example The email field is required.
             */
            description?: string;
        }[] | {
            [key: string]: string | string[];
        };
        /** @description An error as OnePay sends it. Every field may be absent, the spelling of the list of field errors varies, and a fault on the way may answer with something that is no JSON at all. */
        ApiErrorBody: {
            /**
             * @description What went wrong, for a person to read. It may repeat what was sent.
             * @example Insufficient funds.
             */
            message?: string;
            /**
             * @description OnePay's number for the error. Known: `10500` (empty balance), `10501` (insufficient funds), `10809` (company account not found).
             * @example 10501
             */
            code?: number;
            /**
             * @description OnePay's name for the error, which decides what to do about it. Known: `balance_is_empty`, `insufficient_funds`, `company_account_not_found`.
             * @example insufficient_funds
             */
            code_name?: string;
            /** @description The faults of single fields, spelled as OnePay's prose and the integrators do. */
            errors?: components["schemas"]["FieldErrors"];
            /** @description The same faults, spelled as OnePay's documented sample does. */
            erros?: components["schemas"]["FieldErrors"];
            /**
             * @description A message that comes alone, without the other fields.
             * @example Unauthorized
             */
            error?: string;
        };
    };
    responses: {
        /** @description The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The company is not active, or the key lacks the permission. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The body is not declared as `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description The request was read and something in it is not accepted. The field errors come in one of several shapes. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description Too many requests in too short a time. OnePay documents no limit; wait as long as `Retry-After` says, where it comes. */
        TooManyRequests: {
            headers: {
                /** @description How long to wait before the next request: a number of seconds, or a date as HTTP writes it. It may be absent. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
        /** @description OnePay, or something on the way to it, failed. Whether the request had an effect is not known. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiErrorBody"];
            };
        };
    };
    parameters: {
        /**
         * @description A name of your own for this one action. A request that is sent again under the same key has the same result,
         *     so a lost answer can be asked for again without doing the work twice.
         *
         *     OnePay documents that the same key gives the same result. It does not document how long a key is kept, how long
         *     it may be, whether it counts per operation, nor what another body under the same key gets. The client makes a
         *     new key for each call, or takes yours, and sends every attempt of that call under it, with the same bytes.
         *     Never build the key from the time or from chance anew at each attempt: that protects nothing.
         */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
/**
 * A person who is to become a customer.
 */
export type NaturalPerson = components['schemas']['NaturalPerson'];
/**
 * A company that is to become a customer.
 */
export type Company = components['schemas']['Company'];
/**
 * A customer to be created: a person with a `CC`, a `CE` or a `PASSPORT`, or a company with a `NIT`. `user_type` tells which.
 */
export type CreateCustomer = components['schemas']['CreateCustomer'];
/**
 * A customer of your company. Further fields may come; read what you know and leave the rest.
 */
export type Customer = components['schemas']['Customer'];
/**
 * What is wrong with which field. OnePay documents a list of `{ key, description }`; integrators also meet a map from the field's name to one message or to several.
 */
export type FieldErrors = components['schemas']['FieldErrors'];
/**
 * An error as OnePay sends it. Every field may be absent, the spelling of the list of field errors varies, and a fault on the way may answer with something that is no JSON at all.
 */
export type ApiErrorBody = components['schemas']['ApiErrorBody'];
export type $defs = Record<string, never>;
export interface operations {
    createCustomer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description A name of your own for this one action. A request that is sent again under the same key has the same result,
                 *     so a lost answer can be asked for again without doing the work twice.
                 *
                 *     OnePay documents that the same key gives the same result. It does not document how long a key is kept, how long
                 *     it may be, whether it counts per operation, nor what another body under the same key gets. The client makes a
                 *     new key for each call, or takes yours, and sends every attempt of that call under it, with the same bytes.
                 *     Never build the key from the time or from chance anew at each attempt: that protects nothing.
                 */
                "x-idempotency": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The person or the company. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCustomer"];
            };
        };
        responses: {
            /** @description The customer was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
