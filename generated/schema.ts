// Made by `npm run generate` from the document in spec/. Do not edit: change the document, then generate.
export interface paths {
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers
         * @description Lists your customers, page by page.
         *
         *     **Compare every row with what you searched for.** OnePay doesn't document the filters, and a server may ignore a
         *     filter that it doesn't know. Then the first row is somebody else.
         *
         *     **Don't delete while you iterate.** The pages are numbered, so each deletion moves the later rows forward and the
         *     next page skips some. Collect the ids first, then delete.
         *
         *     OnePay's page names this operation, but shows neither its parameters nor its response. Some integrations send
         *     `document_number` and `limit` instead of `filter` and `per_page`.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Create a customer
         * @description Creates a customer: a natural person or a company.
         *
         *     Store the `id` of the response: the other operations need it. OnePay doesn't document what happens if the customer
         *     already exists.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer
         * @description Returns the customer with this id.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        /**
         * Delete a customer
         * @description Deletes a customer. OnePay only names this operation: it doesn't document what happens to the wallet, nor whether the deletion can be undone.
         */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customer_id}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer's wallet balance
         * @description Returns the balance of a customer's wallet, in whole pesos.
         */
        get: operations["getCustomerBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customer_id}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a customer's wallet transactions
         * @description Lists the transactions of a customer's wallet, such as top-ups and withdrawals, page by page.
         */
        get: operations["listCustomerTransactions"];
        put?: never;
        /**
         * Top up a customer's wallet
         * @description Moves money from your company's balance to a customer's wallet. The amount is in whole pesos.
         *
         *     If your company's balance is too low, the response is a 401 with a `code_name`, not a 422.
         */
        post: operations["topUpCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customer_id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a customer's bank accounts
         * @description Lists the registered bank accounts of a customer, page by page.
         */
        get: operations["listCustomerAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{customer_id}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a customer's cards
         * @description Lists the registered cards of a customer, page by page.
         */
        get: operations["listCustomerCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/login/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a one-time password
         * @description Verifies the one-time password (OTP) that a customer received, and returns a session token. Pass that token to the
         *     other operations of the session.
         *
         *     A password works once, and this operation has no idempotency key. So the client never retries it. If the outcome is
         *     unknown, have a new password sent.
         *
         *     OnePay's page doesn't describe the request that sends the password. It names a condition `CustomerBanned` without
         *     explaining it.
         */
        post: operations["verifyCustomerSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/session/payment-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the customer's payment methods
         * @description Lists the payment methods of the session's customer: cards, wallets and PSE bank accounts. The response has all of them, without pages.
         */
        get: operations["listCustomerSessionPaymentMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/session/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a charge
         * @description Charges one of the payment methods of the session's customer. The amount is in cents: `100` is 1 peso.
         *
         *     With a live key, the customer must approve the charge by WhatsApp. Then the response has an `expires_at`. To follow
         *     the charge, get it by its `charge_id`.
         *
         *     OnePay's page describes a charge to a card. It doesn't state whether a wallet or a PSE account can be charged.
         */
        post: operations["createCustomerSessionCharge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/session/charges/{charge_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a charge
         * @description Returns the status and the details of a charge to the session's customer.
         *
         *     Use it after you create a charge, to see whether the customer approved it.
         */
        get: operations["getCustomerSessionCharge"];
        put?: never;
        post?: never;
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
        /**
         * @description The page fields around the items. OnePay documents three forms for its lists:
         *
         *     - With a total.
         *     - Without a total, with the URLs of the previous and the next page.
         *     - With the numbers in `meta`.
         *
         *     A list may also have none of these fields, only `data`. So any field may be absent.
         */
        PageEnvelope: PageEnvelope;
        /** @description A customer of your company. OnePay may add fields; ignore those that you don't know. */
        Customer: Customer;
        /** @description A page of customers: an object with `data`, or a bare array. */
        CustomerPage: CustomerPage;
        /** @description The errors of each field. OnePay documents a list of `{ key, description }`. Integrations also read an object from the field's name to one or more messages. */
        FieldErrors: FieldErrors;
        /**
         * @description The body of an error response. Any field may be absent, and the field errors come under different names.
         *
         *     An error of a proxy or of a failing server may not be JSON at all.
         */
        ApiErrorBody: ApiErrorBody;
        /**
         * Natural person
         * @description A natural person to create as a customer.
         */
        NaturalPerson: NaturalPerson;
        /**
         * Company
         * @description A company to create as a customer.
         */
        Company: Company;
        /** @description A new customer. `user_type` selects the kind: a natural person with a `CC`, `CE` or `PASSPORT`, or a company with a `NIT`. */
        CreateCustomer: CreateCustomer;
        /** @description The balance of a customer's wallet. */
        Balance: Balance;
        /** @description A transaction of a customer's wallet, such as a top-up or a withdrawal. */
        Transaction: Transaction;
        /** @description A page of wallet transactions: an object with `data`, or a bare array. */
        TransactionPage: TransactionPage;
        /** @description A top-up of a customer's wallet, from your company's balance. */
        TopUp: TopUp;
        /** @description A bank account of a customer. */
        Account: Account;
        /** @description A page of bank accounts: an object with `data`, or a bare array. */
        AccountPage: AccountPage;
        /** @description A card of a customer. OnePay documents two shapes: one has `label`, the other has `card_name`, `title` and more. So only `id` is required. */
        Card: Card;
        /** @description A page of cards: an object with `data`, or a bare array. */
        CardPage: CardPage;
        /** @description A customer's phone number, with the one-time password sent to it. */
        VerifyCustomerSession: VerifyCustomerSession;
        /** @description A customer inside another response. Its fields vary between resources, so any field but `id` may be absent. One resource has `document` instead of `document_number`. */
        EmbeddedCustomer: EmbeddedCustomer;
        /** @description A customer's session, with the token for its operations. */
        CustomerSession: CustomerSession;
        /** @description A card that the customer can pay with. */
        CardMethod: CardMethod;
        /** @description A wallet that the customer can pay with, for example Nequi. */
        WalletMethod: WalletMethod;
        /** @description A bank account that the customer can pay with by PSE, Colombia's bank transfer. */
        PseMethod: PseMethod;
        /** @description The payment methods of the session's customer, by type. */
        PaymentMethods: PaymentMethods;
        /** @description A charge to the session's customer. */
        CreateCharge: CreateCharge;
        /** @description A new charge and its current status. */
        Charge: Charge;
        /** @description The status and the details of a charge. */
        ChargeDetail: ChargeDetail;
    };
    responses: {
        /** @description The API key is missing or wrong, **or** a business rule rejected the request, such as a balance that is too low. If the error has a `code_name`, it's a business rule. If not, check the API key and the customer token. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description Your company isn't active, or the API key doesn't have the permission. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept a parameter of the list. */
        UnprocessablePage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description Too many requests. OnePay documents no rate limit. If the response has `Retry-After`, wait that long. The status may also mean that OnePay takes the request for a duplicate: that was observed for another kind of charge. */
        TooManyRequests: {
            headers: {
                /** @description How long to wait before the next request, as seconds or as an HTTP date. It may be absent. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay or a proxy in front of it failed. The request may have been executed. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The content type of the body isn't `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept a field of the customer. The field errors come in one of several forms. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The customer doesn't exist, or belongs to another company. OnePay documents this for another resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept the customer id. */
        UnprocessableCustomerId: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept a field of the top-up. */
        UnprocessableTopUp: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The one-time password is wrong or expired, or OnePay doesn't accept a field. */
        UnprocessablePassword: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept the request, for example because of the session. */
        UnprocessableSession: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept a field of the charge. OnePay's page also connects this status with a charge in status `created`; the full condition isn't known. */
        UnprocessableCharge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The charge doesn't exist, or belongs to another customer. */
        ChargeNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay doesn't accept the charge id. */
        UnprocessableChargeId: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
    };
    parameters: {
        /** @description Number of the page. The first page is `1`. */
        PageNumber: number;
        /** @description Maximum number of items on a page. The default isn't documented; OnePay's other lists use 15 or 20. */
        PageSize: number;
        /** @description Field to sort by. A minus sign reverses the order. OnePay documents `created_at` and `-created_at` for other lists. */
        Sort: string;
        /**
         * @description Returns only the customers whose fields have these values: `filter[document_number]=000101`.
         *
         *     OnePay doesn't document which fields work here, and a server may ignore a filter that it doesn't know. Compare each
         *     row with what you searched for.
         */
        Filter: {
            [key: string]: string;
        };
        /**
         * @description The same key creates the customer only once, even if you send the request again. The client creates a key for each call;
         *     pass your own `idempotencyKey` if you also want this after a crash.
         *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
         */
        IdempotencyKey: string;
        /** @description Id of the customer, a UUID. It's the `id` of the customer. */
        CustomerId: string;
        /**
         * @description The same key tops up the wallet only once, even if you send the request again. Make it from your own data, such as the
         *     bonus and the user.
         *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
         */
        TopUpIdempotencyKey: string;
        /**
         * @description The same key charges the customer only once, even if you send the request again. Make it from your own data, such as the
         *     id of the order.
         *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
         */
        ChargeIdempotencyKey: string;
        /** @description Id of the charge, a UUID. It's the `charge_id` that creating the charge returned. */
        ChargeId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
/**
 * The page fields around the items. OnePay documents three forms for its lists:
 *
 * - With a total.
 * - Without a total, with the URLs of the previous and the next page.
 * - With the numbers in `meta`.
 *
 * A list may also have none of these fields, only `data`. So any field may be absent.
 */
export type PageEnvelope = {
    /**
     * @description Number of this page. The first page is `1`.
     * @example 1
     */
    current_page?: number;
    /**
     * @description Number of the last page.
     * @example 1
     */
    last_page?: number;
    /**
     * @description Maximum number of items on a page.
     * @example 20
     */
    per_page?: number;
    /**
     * @description Number of items on all pages.
     * @example 2
     */
    total?: number;
    /**
     * @description Position of this page's first item in the whole list. The first position is `1`.
     * @example 1
     */
    from?: number | null;
    /**
     * @description Position of this page's last item in the whole list.
     * @example 2
     */
    to?: number | null;
    /**
     * @description URL of the list, without the page.
     * @example https://api.onepay.la/v1/customers
     */
    path?: string;
    /**
     * @description URL of the first page.
     * @example https://api.onepay.la/v1/customers?page=1
     */
    first_page_url?: string;
    /**
     * @description URL of the next page. It's `null` on the last page.
     * @example https://api.onepay.la/v1/customers?page=2
     */
    next_page_url?: string | null;
    /**
     * @description URL of the previous page. It's `null` on the first page.
     * @example https://api.onepay.la/v1/customers?page=1
     */
    prev_page_url?: string | null;
    /** @description The page numbers, in the third form. */
    meta?: {
        /**
         * @description Number of this page. The first page is `1`.
         * @example 1
         */
        current_page?: number;
        /**
         * @description Number of the last page.
         * @example 1
         */
        last_page?: number;
        /**
         * @description Maximum number of items on a page.
         * @example 20
         */
        per_page?: number;
        /**
         * @description Number of items on all pages.
         * @example 2
         */
        total?: number;
    };
};
/**
 * A customer of your company. OnePay may add fields; ignore those that you don't know.
 */
export type Customer = {
    /**
     * @description Id of the customer, a UUID. Store it; the customer's other operations need it.
     * @example 00000000-0000-4000-8000-000000000101
     */
    id: string;
    /**
     * @description First name or names of a person, or name of a company.
     * @example Ana
     */
    first_name: string;
    /**
     * @description Last name or names.
     * @example Ejemplo
     */
    last_name: string;
    /**
     * @description Email address. It may be an empty string.
     * @example ana.ejemplo@example.com
     */
    email: string;
    /**
     * @description Phone number. It doesn't always have the country prefix.
     * @example +573000000101
     */
    phone: string;
    /**
     * @description Type of identity document. Known values: `CC`, `CE`, `NIT` and `PASSPORT`. Others may come, such as `RUT`.
     * @example CE
     */
    document_type: string;
    /**
     * @description Number of the identity document.
     * @example 000101
     */
    document_number: string;
    /**
     * @description Nationality, as an ISO 3166-1 alpha-2 code.
     * @example ES
     */
    nationality?: string | null;
    /**
     * @description Date of birth, as `YYYY-MM-DD`.
     * @example 1985-07-14
     */
    birthdate?: string | null;
    /**
     * @description When the customer was created, as an ISO 8601 timestamp.
     * @example 2026-02-03T14:06:00.000000Z
     */
    created_at: string;
};
/**
 * A page of customers: an object with `data`, or a bare array.
 */
export type CustomerPage = (PageEnvelope & {
    /** @description The customers of this page. */
    data: Customer[];
}) | Customer[];
/**
 * The errors of each field. OnePay documents a list of `{ key, description }`. Integrations also read an object from the field's name to one or more messages.
 */
export type FieldErrors = {
    /**
     * @description Name of the field.
     * @example email
     */
    key?: string;
    /**
     * @description Describes the error. It may repeat what you sent.
     * @example El campo email, es un campo requerido
     */
    description?: string;
}[] | {
    [key: string]: string | string[];
};
/**
 * The body of an error response. Any field may be absent, and the field errors come under different names.
 *
 * An error of a proxy or of a failing server may not be JSON at all.
 */
export type ApiErrorBody = {
    /**
     * @description Describes the error, for developers. It may repeat what you sent. OnePay's messages are in Spanish.
     * @example El monto solicitado supera el balance disponible.
     */
    message?: string;
    /**
     * @description OnePay's number for the error, as a number or as a string of digits. Known codes:
     *
     *     - `10500`: the balance is empty.
     *     - `10501`: insufficient funds.
     *     - `10809`: OnePay didn't find a bank account of your company.
     * @example 10501
     * @example 10501
     */
    code?: number | string;
    /**
     * @description OnePay's name for the error. Read it first if the status is 401. Known names: `balance_is_empty`, `insufficient_funds` and `company_account_not_found`.
     * @example insufficient_funds
     */
    code_name?: string;
    /** @description The field errors, under the name that OnePay's text and integrations use. */
    errors?: FieldErrors;
    /** @description The same field errors, under the name in OnePay's example. */
    erros?: FieldErrors;
    /**
     * @description A message that comes without any other field.
     * @example Unauthorized
     */
    error?: string;
};
/**
 * A natural person to create as a customer.
 */
export type NaturalPerson = {
    /**
     * @description Kind of customer: `natural` is a natural person.
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
     * @description Email address.
     * @example juan@example.com
     */
    email: string;
    /**
     * @description Phone number in `E.164` format: the country prefix and the digits, without spaces (`+57…` for Colombia). According to integrations, a number without the prefix may be accepted, but the WhatsApp message never arrives.
     * @example +573001234567
     */
    phone: string;
    /**
     * @description Type of identity document:
     *
     *     - `CC`: citizenship card (cédula de ciudadanía).
     *     - `CE`: foreigner's card (cédula de extranjería).
     *     - `PASSPORT`: passport.
     *
     *     OnePay pairs `NIT` with `company`, even if the person has a NIT.
     * @example CC
     * @enum {string}
     */
    document_type: "CC" | "CE" | "PASSPORT";
    /**
     * @description Number of the identity document, as a string. OnePay documents no length and no format.
     * @example 1234567890
     */
    document_number: string;
    /**
     * @description Allows OnePay to send messages to the customer. OnePay's page marks it as required with the default `true`, but its shorter examples leave it out.
     * @default true
     * @example true
     */
    enable_notifications?: boolean;
    /**
     * @description Nationality, as an ISO 3166-1 alpha-2 code. Leave it out or send `null` if you don't know it.
     * @example CO
     */
    nationality?: string | null;
    /**
     * Format: date
     * @description Date of birth, as `YYYY-MM-DD`. Leave it out or send `null` if you don't know it. Don't invent one.
     * @example 1990-01-01
     */
    birthdate?: string | null;
};
/**
 * A company to create as a customer.
 */
export type Company = {
    /**
     * @description Kind of customer: `company` is a legal person.
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
     * @description Required for companies too. OnePay doesn't document what it means for one; the legal form, such as `S.A.S.`, is a reasonable choice.
     * @example S.A.S.
     */
    last_name: string;
    /**
     * Format: email
     * @description Email address.
     * @example pagos@example.org
     */
    email: string;
    /**
     * @description Phone number in `E.164` format: the country prefix and the digits, without spaces (`+57…` for Colombia). According to integrations, a number without the prefix may be accepted, but the WhatsApp message never arrives.
     * @example +573000000201
     */
    phone: string;
    /**
     * @description Type of document. For a company, it's always `NIT`, the Colombian tax number.
     * @example NIT
     * @constant
     */
    document_type: "NIT";
    /**
     * @description The NIT, as a string. OnePay doesn't document whether it includes the check digit (DV).
     * @example 000000201
     */
    document_number: string;
    /**
     * @description Allows OnePay to send messages to the customer. OnePay's page marks it as required with the default `true`, but its shorter examples leave it out.
     * @default true
     * @example true
     */
    enable_notifications?: boolean;
    /**
     * @description Country of the company, as an ISO 3166-1 alpha-2 code. Leave it out or send `null` if you don't know it.
     * @example CO
     */
    nationality?: string | null;
    /**
     * Format: date
     * @description A date as `YYYY-MM-DD`. OnePay doesn't document what it means for a company. Leave it out.
     * @example 1990-01-01
     */
    birthdate?: string | null;
};
/**
 * A new customer. `user_type` selects the kind: a natural person with a `CC`, `CE` or `PASSPORT`, or a company with a `NIT`.
 */
export type CreateCustomer = NaturalPerson | Company;
/**
 * The balance of a customer's wallet.
 */
export type Balance = {
    /**
     * @description An id. OnePay doesn't document whether it's the customer's or the wallet's.
     * @example 00000000-0000-4000-8000-000000001001
     */
    id: string;
    /**
     * @description The balance, in whole pesos. Unit: whole Colombian pesos (COP).
     * @example 100000
     */
    balance: number;
    /**
     * @description The formatted balance, ready to display.
     * @example $100.000
     */
    label: string;
};
/**
 * A transaction of a customer's wallet, such as a top-up or a withdrawal.
 */
export type Transaction = {
    /**
     * @description Id of the transaction.
     * @example 00000000-0000-4000-8000-000000002001
     */
    id: string;
    /**
     * @description Type of transaction. OnePay shows `deposit`; the list of values isn't documented.
     * @example deposit
     */
    type: string;
    /**
     * @description The amount, in whole pesos. Unit: whole Colombian pesos (COP).
     * @example 50000
     */
    amount: number;
    /**
     * @description The formatted amount, ready to display.
     * @example $50.000
     */
    label: string;
    /**
     * @description Reason for the transaction.
     * @example Bono de bienvenida
     */
    concept?: string;
    /**
     * @description Subtype of the transaction. OnePay shows `WITHDRAW` and `null`.
     * @example WITHDRAW
     */
    subtype?: string | null;
    /**
     * @description Shows whether the transaction is final.
     * @example true
     */
    confirmed: boolean;
    /**
     * @description Type of `node`. OnePay shows `CashoutLine` (a withdrawal) and `null`.
     * @example CashoutLine
     */
    node_type?: string | null;
    /** @description The cause of the transaction, such as a withdrawal. It's `null` if OnePay has none. */
    node?: {
        /**
         * @description Id of the withdrawal.
         * @example 00000000-0000-4000-8000-000000003001
         */
        id?: string;
        /**
         * @description Id of the customer.
         * @example 00000000-0000-4000-8000-000000000101
         */
        customer_id?: string;
        /**
         * @description Id of the bank account.
         * @example 00000000-0000-4000-8000-000000004001
         */
        account_id?: string;
        /**
         * @description Shows whether the withdrawal was made with a test key.
         * @example true
         */
        is_test?: boolean;
        /**
         * @description The amount, in whole pesos. Unit: whole Colombian pesos (COP).
         * @example 20000
         */
        amount?: number;
        /**
         * @description Status of the withdrawal. The list of values isn't documented.
         * @example completed
         */
        status?: string;
        /**
         * @description When the withdrawal is scheduled.
         * @example 2026-02-04T14:00:00.000000Z
         */
        scheduled_at?: string | null;
        /**
         * @description When the withdrawal was created.
         * @example 2026-02-03T14:10:00.000000Z
         */
        created_at?: string;
        /**
         * @description Your own id for the withdrawal.
         * @example retiro-0001
         */
        external_id?: string | null;
        /**
         * @description Method of the withdrawal. The list of values isn't documented.
         * @example bank_transfer
         */
        method?: string | null;
    } | null;
    /**
     * @description When the transaction was made: an ISO 8601 timestamp, or only the date in the response of a top-up.
     * @example 2026-02-03T14:10:00.000000Z
     */
    created_at: string;
};
/**
 * A page of wallet transactions: an object with `data`, or a bare array.
 */
export type TransactionPage = (PageEnvelope & {
    /** @description The transactions of this page. */
    data: Transaction[];
}) | Transaction[];
/**
 * A top-up of a customer's wallet, from your company's balance.
 */
export type TopUp = {
    /**
     * @description The amount, in whole pesos: `50000` is fifty thousand pesos. A charge of a customer session is in cents instead. Unit: whole Colombian pesos (COP).
     * @example 50000
     */
    amount: number;
    /**
     * @description Reason for the top-up. OnePay doesn't state whether it's required, so it's optional here.
     * @example Bono de bienvenida
     */
    concept?: string;
};
/**
 * A bank account of a customer.
 */
export type Account = {
    /**
     * @description Id of the account.
     * @example 00000000-0000-4000-8000-000000004001
     */
    id: string;
    /**
     * @description Name of the account, ready to display.
     * @example Cuenta Ahorros
     */
    title?: string;
    /**
     * @description Status of the account. It shows whether the account can be used. Known values: `PENDING`, `ACTIVE`, `REJECTED` and `INACTIVE`.
     * @example ACTIVE
     */
    status?: string;
    /**
     * @description Type of account. Known values: `SAVINGS`, `CHECKING` and `ELECTRONIC_DEPOSIT` (for example Nequi).
     * @example SAVINGS
     */
    subtype?: string;
    /** @description Shows whether the customer authorized debits from the account. OnePay shows `true`; the other values aren't documented. */
    authorization?: unknown;
    /**
     * @description Id of the customer.
     * @example 00000000-0000-4000-8000-000000000101
     */
    customer_id?: string;
    /**
     * @description OnePay shows this field without explaining it.
     * @example false
     */
    re_enroll?: boolean;
    /**
     * @description Your own id for the account. It's `null` if there is none.
     * @example cuenta-0001
     */
    external_id?: string | null;
    /**
     * @description Id of the bank.
     * @example 00000000-0000-4000-8000-0000000b0001
     */
    bank_id?: string;
    /** @description The bank of the account. */
    bank?: {
        /**
         * @description Id of the bank. OnePay shows a UUID; integrations also allow a number.
         * @example 00000000-0000-4000-8000-0000000b0001
         */
        id?: string | number;
        /**
         * @description Name of the bank.
         * @example Banco de Ejemplo
         */
        name?: string;
        /**
         * @description URL of the bank's logo, or `null`.
         * @example https://example.com/logo.png
         */
        logo?: string | null;
    };
};
/**
 * A page of bank accounts: an object with `data`, or a bare array.
 */
export type AccountPage = (PageEnvelope & {
    /** @description The bank accounts of this page. */
    data: Account[];
}) | Account[];
/**
 * A card of a customer. OnePay documents two shapes: one has `label`, the other has `card_name`, `title` and more. So only `id` is required.
 */
export type Card = {
    /**
     * @description Id of the card.
     * @example 00000000-0000-4000-8000-000000005001
     */
    id: string;
    /**
     * @description Network of the card. Upper and lower case vary.
     * @example Visa
     */
    brand?: string;
    /**
     * @description Name of the card, ready to display. Only one of the two shapes has it.
     * @example Visa • 0000
     */
    label?: string;
    /**
     * @description Name of the card, ready to display. Only the other shape has it.
     * @example Visa • 0000
     */
    title?: string;
    /**
     * @description The last four digits.
     * @example 0000
     */
    last_four?: string;
    /**
     * @description Name on the card.
     * @example ANA EJEMPLO
     */
    card_name?: string;
    /**
     * @description When the card expires, in one of several forms: `9/2026` or `2026-09-30T00:00:00.000000Z`. Display it; don't rely on its form.
     * @example 9/2026
     */
    expiration_date?: string;
    /**
     * @description Type of card. `credit_card` is the known value.
     * @example credit_card
     */
    type?: string;
    /**
     * @description Type of payment method. `credit_card` is the known value.
     * @example credit_card
     */
    method_type?: string;
    /**
     * @description Shows whether the customer authorized charges to the card.
     * @example true
     */
    authorization?: boolean;
    /**
     * @description Shows whether the security code (CVC) was checked.
     * @example true
     */
    cvc_check?: boolean;
    /**
     * @description Shows whether the card was verified.
     * @example true
     */
    verified?: boolean;
    /**
     * @description Id of the customer.
     * @example 00000000-0000-4000-8000-000000000101
     */
    customer_id?: string;
    /**
     * @description When the card was registered, as an ISO 8601 timestamp.
     * @example 2026-02-03T14:20:00.000000Z
     */
    created_at?: string;
    /**
     * @description Country of the card, as an ISO 3166-1 alpha-2 code.
     * @example CO
     */
    country?: string;
};
/**
 * A page of cards: an object with `data`, or a bare array.
 */
export type CardPage = (PageEnvelope & {
    /** @description The cards of this page. */
    data: Card[];
}) | Card[];
/**
 * A customer's phone number, with the one-time password sent to it.
 */
export type VerifyCustomerSession = {
    /**
     * @description The customer's phone number. OnePay's example has the country prefix (`+57…`); the format isn't documented here.
     * @example +573000000101
     */
    phone: string;
    /**
     * @description The one-time password, as a string. OnePay's example has six digits; the length isn't documented.
     * @example 000000
     */
    otp: string;
};
/**
 * A customer inside another response. Its fields vary between resources, so any field but `id` may be absent. One resource has `document` instead of `document_number`.
 */
export type EmbeddedCustomer = {
    /**
     * @description Id of the customer, a UUID.
     * @example 00000000-0000-4000-8000-000000000101
     */
    id: string;
    /**
     * @description First name or names of a person, or name of a company.
     * @example Ana
     */
    first_name?: string;
    /**
     * @description Last name or names.
     * @example Ejemplo
     */
    last_name?: string;
    /**
     * @description Email address. It may be an empty string.
     * @example ana.ejemplo@example.com
     */
    email?: string;
    /**
     * @description Phone number. It doesn't always have the prefix `+57`.
     * @example +573000000101
     */
    phone?: string;
    /**
     * @description Type of identity document. Known values: `CC`, `CE`, `NIT`, `PASSPORT` and `RUT`.
     * @example CE
     */
    document_type?: string | null;
    /**
     * @description Number of the identity document.
     * @example 000101
     */
    document_number?: string | null;
    /**
     * @description Shows whether the customer was created with a test key.
     * @example true
     */
    is_test?: boolean;
};
/**
 * A customer's session, with the token for its operations.
 */
export type CustomerSession = {
    /**
     * @description Token of the session. Pass it in the option `customerToken`. It's as secret as a password.
     * @example 12|example-customer-token
     */
    token: string;
    /**
     * @description When the token expires, as an ISO 8601 timestamp.
     * @example 2099-03-23T17:30:00+00:00
     */
    expires_at: string;
    /** @description The customer of the session. */
    customer: EmbeddedCustomer;
};
/**
 * A card that the customer can pay with.
 */
export type CardMethod = {
    /**
     * @description Id of the payment method. Pass it as `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000006001
     */
    id: string;
    /**
     * @description Network of the card. Upper and lower case vary.
     * @example visa
     */
    brand: string;
    /**
     * @description The last four digits.
     * @example 0000
     */
    last_four: string;
    /**
     * @description Name of the card, ready to display.
     * @example Visa ····0000
     */
    label: string;
    /**
     * @description When the card expires. Here OnePay shows a date such as `2028-12-31`; elsewhere it shows other forms.
     * @example 2028-12-31
     */
    expiration_date: string;
    /**
     * @description Name on the card.
     * @example ANA EJEMPLO
     */
    card_name: string;
};
/**
 * A wallet that the customer can pay with, for example Nequi.
 */
export type WalletMethod = {
    /**
     * @description Id of the payment method. Pass it as `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000007001
     */
    id: string;
    /**
     * @description Provider of the wallet. OnePay shows `nequi`; the list of values isn't documented.
     * @example nequi
     */
    subtype: string;
    /**
     * @description Phone number of the wallet, without the country prefix.
     * @example 3000000101
     */
    phone: string;
    /**
     * @description Name of the wallet, ready to display.
     * @example NEQUI ····0101
     */
    label: string;
};
/**
 * A bank account that the customer can pay with by PSE, Colombia's bank transfer.
 */
export type PseMethod = {
    /**
     * @description Id of the payment method. Pass it as `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000008001
     */
    id: string;
    /**
     * @description Name of the bank.
     * @example Banco de Ejemplo
     */
    bank_name: string;
    /**
     * @description Name of the account, ready to display.
     * @example Banco de Ejemplo - PSE
     */
    label: string;
};
/**
 * The payment methods of the session's customer, by type.
 */
export type PaymentMethods = {
    /** @description The payment methods. Unlike in other lists, `data` is an object, not an array. */
    data: {
        /** @description Cards. */
        cards: CardMethod[];
        /** @description Wallets, for example Nequi. */
        wallets: WalletMethod[];
        /** @description Bank accounts for PSE, Colombia's bank transfer. */
        pse: PseMethod[];
    };
};
/**
 * A charge to the session's customer.
 */
export type CreateCharge = {
    /**
     * @description Id of the payment method, from the list of payment methods.
     * @example 00000000-0000-4000-8000-000000006001
     */
    payment_method_id: string;
    /**
     * @description The amount, in cents: `5000000` is fifty thousand pesos. The minimum is `100`, which is 1 peso. A top-up of a wallet is in whole pesos instead. Unit: cents of the field `currency` (100 = 1 of it).
     * @example 5000000
     */
    amount: number;
    /**
     * @description Currency of the amount:
     *
     *     - `COP`: Colombian pesos.
     *     - `USD`: United States dollars.
     * @example COP
     * @enum {string}
     */
    currency: "COP" | "USD";
    /**
     * @description Description of the charge. OnePay doesn't state whether it's required, so it's optional here.
     * @example Pedido 0001
     */
    description?: string;
    /**
     * @description Only with a test key: `true` approves the simulated charge, `false` rejects it.
     * @example true
     */
    approve?: boolean;
};
/**
 * A new charge and its current status.
 */
export type Charge = {
    /**
     * @description Id of the charge. Store it to get the charge later.
     * @example 00000000-0000-4000-8000-000000009001
     */
    charge_id: string;
    /**
     * @description Status of the charge. OnePay shows `created` (waiting for approval) and `in_progress` here. The list of values isn't documented, so act only on those that you know.
     * @example created
     */
    status: string;
    /**
     * @description Describes the status, in Spanish.
     * @example Cargo aprobado en modo prueba.
     */
    message: string;
    /**
     * @description When the customer's time to approve ends. Present only if the customer must approve by WhatsApp.
     * @example 2099-03-23T17:30:00+00:00
     */
    expires_at?: string;
};
/**
 * The status and the details of a charge.
 */
export type ChargeDetail = {
    /**
     * @description Id of the charge, a UUID.
     * @example 00000000-0000-4000-8000-000000009001
     */
    charge_id: string;
    /**
     * @description Status of the charge. Known values:
     *
     *     - `created`: the customer hasn't approved it yet.
     *     - `paid`: approved and paid.
     *     - `failed`: rejected or expired.
     *
     *     Others may come, such as `in_progress`, which OnePay shows for a new charge. Act only on those that you know.
     * @example paid
     */
    status: string;
    /**
     * @description The amount. OnePay's page doesn't state its unit; cents are assumed. Unit: cents of the field `currency` (100 = 1 of it).
     * @example 5000000
     */
    amount: number;
    /**
     * @description Currency of the amount, `COP` or `USD`.
     * @example COP
     */
    currency: string;
    /**
     * @description Description of the charge.
     * @example Pedido 0001
     */
    description?: string | null;
    /** @description Why the charge failed. It's `null` unless the status is `failed`. OnePay doesn't show its type for a failed charge. */
    remarks?: unknown;
    /**
     * @description When the charge was paid. It's `null` until then.
     * @example 2026-03-17T21:34:00+00:00
     */
    paid_at?: string | null;
    /**
     * @description When the charge was created, as an ISO 8601 timestamp.
     * @example 2026-03-17T21:30:00+00:00
     */
    created_at: string;
};
export type $defs = Record<string, never>;
export interface operations {
    listCustomers: {
        parameters: {
            query?: {
                /** @description Number of the page. The first page is `1`. */
                page?: components["parameters"]["PageNumber"];
                /** @description Maximum number of items on a page. The default isn't documented; OnePay's other lists use 15 or 20. */
                per_page?: components["parameters"]["PageSize"];
                /** @description Field to sort by. A minus sign reverses the order. OnePay documents `created_at` and `-created_at` for other lists. */
                sort?: components["parameters"]["Sort"];
                /**
                 * @description Returns only the customers whose fields have these values: `filter[document_number]=000101`.
                 *
                 *     OnePay doesn't document which fields work here, and a server may ignore a filter that it doesn't know. Compare each
                 *     row with what you searched for.
                 */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CustomerPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessablePage"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same key creates the customer only once, even if you send the request again. The client creates a key for each call;
                 *     pass your own `idempotencyKey` if you also want this after a crash.
                 *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
                 */
                "x-idempotency": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The natural person or the company. */
        requestBody: {
            content: {
                "application/json": CreateCustomer;
            };
        };
        responses: {
            /** @description The new customer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Customer;
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
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Customer;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableCustomerId"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer was deleted. The response has no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableCustomerId"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCustomerBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Balance;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableCustomerId"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerTransactions: {
        parameters: {
            query?: {
                /** @description Number of the page. The first page is `1`. */
                page?: components["parameters"]["PageNumber"];
                /** @description Maximum number of items on a page. The default isn't documented; OnePay's other lists use 15 or 20. */
                per_page?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of transactions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TransactionPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessablePage"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    topUpCustomer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same key tops up the wallet only once, even if you send the request again. Make it from your own data, such as the
                 *     bonus and the user.
                 *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
                 */
                "x-idempotency": components["parameters"]["TopUpIdempotencyKey"];
            };
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** @description The amount and the concept of the top-up. */
        requestBody: {
            content: {
                "application/json": TopUp;
            };
        };
        responses: {
            /** @description The transaction of the top-up. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Transaction;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableTopUp"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerAccounts: {
        parameters: {
            query?: {
                /** @description Number of the page. The first page is `1`. */
                page?: components["parameters"]["PageNumber"];
            };
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bank accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AccountPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessablePage"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerCards: {
        parameters: {
            query?: {
                /** @description Number of the page. The first page is `1`. */
                page?: components["parameters"]["PageNumber"];
            };
            header?: never;
            path: {
                /** @description Id of the customer, a UUID. It's the `id` of the customer. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of cards. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CardPage;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessablePage"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    verifyCustomerSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The customer's phone number and the password. */
        requestBody: {
            content: {
                "application/json": VerifyCustomerSession;
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": CustomerSession;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessablePassword"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerSessionPaymentMethods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment methods. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PaymentMethods;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableSession"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createCustomerSessionCharge: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same key charges the customer only once, even if you send the request again. Make it from your own data, such as the
                 *     id of the order.
                 *     See [Idempotency](https://onepay-client.github.io/onepay-client/#/idempotency).
                 */
                "x-idempotency": components["parameters"]["ChargeIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The amount and the payment method. */
        requestBody: {
            content: {
                "application/json": CreateCharge;
            };
        };
        responses: {
            /** @description The new charge. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Charge;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableCharge"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCustomerSessionCharge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the charge, a UUID. It's the `charge_id` that creating the charge returned. */
                charge_id: components["parameters"]["ChargeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The charge. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ChargeDetail;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ChargeNotFound"];
            422: components["responses"]["UnprocessableChargeId"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
