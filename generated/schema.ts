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
         * @description Lists your customers, page by page. OnePay names the operation and shows neither its parameters nor its answer.
         *
         *     Whoever looks for one customer has to compare the rows: a filter that the server ignores leaves somebody else in
         *     the first one. Some integrators send flat parameters, `document_number` and `limit`, instead of `filter` and
         *     `per_page`.
         */
        get: operations["listCustomers"];
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
    "/customers/{customer_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer
         * @description Gets one customer by its id.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        /**
         * Delete a customer
         * @description Deletes a customer. OnePay names the operation and describes nothing of it: neither what happens to the wallet, nor whether it can be undone.
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
         * @description Gets what is in a customer's wallet, in whole pesos.
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
         * List the movements of a customer's wallet
         * @description Lists what came into a customer's wallet and what left it, page by page.
         */
        get: operations["listCustomerTransactions"];
        put?: never;
        /**
         * Top up a customer's wallet
         * @description Moves money from your company's balance into a customer's wallet. The amount is in whole pesos.
         *
         *     An empty balance or too small a one answers 401 with a `code_name`, not 422.
         */
        post: operations["createCustomerTransaction"];
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
         * @description Lists the bank accounts that a customer has on file, page by page.
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
         * @description Lists the cards that a customer has on file, page by page.
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
         * @description Takes the one-time password that a customer received and begins a session of the customer. The session's calls
         *     take its token beside your secret key.
         *
         *     A password is spent once, and this operation has no idempotency key; so the client never sends it again by itself.
         *     OnePay names a condition `CustomerBanned` without saying when it arises. How a password is asked for is not
         *     described.
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
         * @description Lists what the customer of the session can pay with: cards, wallets and bank accounts. They come all at once, by kind.
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
         * Charge the customer
         * @description Charges the customer of the session by one of the customer's payment methods. The amount is in cents: `100` is 1
         *     peso.
         *
         *     Some methods have the customer approve the charge by WhatsApp; then the answer has an `expires_at`.
         */
        post: operations["createCustomerSessionCharge"];
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
        /** @description What OnePay puts around the items of a page. Three forms are documented for its lists: with a total, with addresses of the neighbouring pages and no total, and with the numbers under `meta`. So every field may be absent. */
        PageEnvelope: PageEnvelope;
        /** @description A customer of your company. Further fields may come; read what you know and leave the rest. */
        Customer: Customer;
        /** @description A page of customers, in an envelope or as a bare array. */
        CustomerPage: CustomerPage;
        /** @description What is wrong with which field. OnePay documents a list of `{ key, description }`; integrators also meet a map from the field's name to one message or to several. */
        FieldErrors: FieldErrors;
        /** @description An error as OnePay sends it. Every field may be absent, the spelling of the list of field errors varies, and a fault on the way may answer with something that is no JSON at all. */
        ApiErrorBody: ApiErrorBody;
        /** @description A person who is to become a customer. */
        NaturalPerson: NaturalPerson;
        /** @description A company that is to become a customer. */
        Company: Company;
        /** @description A customer to be created: a person with a `CC`, a `CE` or a `PASSPORT`, or a company with a `NIT`. `user_type` tells which. */
        CreateCustomer: CreateCustomer;
        /** @description What is in a customer's wallet. */
        Balance: Balance;
        /** @description A movement of a customer's wallet. */
        Transaction: Transaction;
        /** @description A page of movements of a wallet, in an envelope or as a bare array. */
        TransactionPage: TransactionPage;
        /** @description A top-up of a customer's wallet from your company's balance. */
        CreateTransaction: CreateTransaction;
        /** @description A bank account of a customer. */
        Account: Account;
        /** @description A page of bank accounts of a customer, in an envelope or as a bare array. */
        AccountPage: AccountPage;
        /** @description A card of a customer. */
        Card: Card;
        /** @description A page of cards of a customer, in an envelope or as a bare array. */
        CardPage: CardPage;
        /** @description The one-time password that a customer received, with the phone that it was sent to. */
        VerifyCustomerSession: VerifyCustomerSession;
        /** @description A customer inside another answer. Its fields come and go with the place: read each as if it might be absent. */
        EmbeddedCustomer: EmbeddedCustomer;
        /** @description A customer's session, with the token that the session's calls take. */
        CustomerSession: CustomerSession;
        /** @description A card that the customer can pay with. */
        CardMethod: CardMethod;
        /** @description A wallet that the customer can pay with. */
        WalletMethod: WalletMethod;
        /** @description A bank account that the customer can pay with by PSE. */
        PseMethod: PseMethod;
        /** @description The payment methods of the customer whose session it is, by kind. */
        PaymentMethods: PaymentMethods;
        /** @description A charge to the customer whose session it is. */
        CreateCharge: CreateCharge;
        /** @description A charge, as far as it has come. */
        Charge: Charge;
    };
    responses: {
        /** @description The key is missing or wrong, **or** the request was understood and refused for a reason of business, such as too little balance. `code_name` tells which; without one, look at the key. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The company is not active, or the key lacks the permission. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The request was read and something in it is not accepted. The field errors come in one of several shapes. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
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
                "application/json": ApiErrorBody;
            };
        };
        /** @description OnePay, or something on the way to it, failed. Whether the request had an effect is not known. */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description The body is not declared as `application/json`. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
        /** @description There is no such customer, or it is another company's. OnePay documents this for another resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": ApiErrorBody;
            };
        };
    };
    parameters: {
        /** @description Number of the page, from `1`. */
        PageNumber: number;
        /** @description How many items a page holds. OnePay's lists hold 15 or 20 when nothing is asked for. */
        PageSize: number;
        /** @description The field to sort by; a minus before it turns the order around. OnePay documents `created_at` and `-created_at` for other lists. */
        Sort: string;
        /**
         * @description Keeps the items whose fields have these values: `filter[document_number]=1060500333`. Which fields are taken is not
         *     documented, and a filter that the server does not know may be ignored. Compare what comes back with what you asked
         *     for; the first row may be somebody else.
         */
        Filter: {
            [key: string]: string;
        };
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
        /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
        CustomerId: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
/**
 * What OnePay puts around the items of a page. Three forms are documented for its lists: with a total, with addresses of the neighbouring pages and no total, and with the numbers under `meta`. So every field may be absent.
 */
export type PageEnvelope = {
    /**
     * @description Number of this page, from `1`.
     * @example 1
     */
    current_page?: number;
    /**
     * @description Number of the last page.
     * @example 1
     */
    last_page?: number;
    /**
     * @description How many items a page holds at most.
     * @example 20
     */
    per_page?: number;
    /**
     * @description How many items there are on all pages together.
     * @example 2
     */
    total?: number;
    /**
     * @description Position of this page's first item in the whole list, from `1`.
     * @example 1
     */
    from?: number | null;
    /**
     * @description Position of this page's last item in the whole list.
     * @example 2
     */
    to?: number | null;
    /**
     * @description Address of the list, without a page.
     * @example https://api.onepay.la/v1/customers
     */
    path?: string;
    /**
     * @description Address of the first page.
     * @example https://api.onepay.la/v1/customers?page=1
     */
    first_page_url?: string;
    /**
     * @description Address of the next page, `null` on the last one.
     * @example https://api.onepay.la/v1/customers?page=2
     */
    next_page_url?: string | null;
    /**
     * @description Address of the page before this one, `null` on the first one.
     * @example https://api.onepay.la/v1/customers?page=1
     */
    prev_page_url?: string | null;
    /** @description The same numbers in the third form, which has them here. */
    meta?: {
        /**
         * @description Number of this page, from `1`.
         * @example 1
         */
        current_page?: number;
        /**
         * @description Number of the last page.
         * @example 1
         */
        last_page?: number;
        /**
         * @description How many items a page holds at most.
         * @example 20
         */
        per_page?: number;
        /**
         * @description How many items there are on all pages together.
         * @example 2
         */
        total?: number;
    };
};
/**
 * A customer of your company. Further fields may come; read what you know and leave the rest.
 */
export type Customer = {
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
/**
 * A page of customers, in an envelope or as a bare array.
 */
export type CustomerPage = (PageEnvelope & {
    /** @description The customers of this page. */
    data: Customer[];
}) | Customer[];
/**
 * What is wrong with which field. OnePay documents a list of `{ key, description }`; integrators also meet a map from the field's name to one message or to several.
 */
export type FieldErrors = {
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
/**
 * An error as OnePay sends it. Every field may be absent, the spelling of the list of field errors varies, and a fault on the way may answer with something that is no JSON at all.
 */
export type ApiErrorBody = {
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
    errors?: FieldErrors;
    /** @description The same faults, spelled as OnePay's documented sample does. */
    erros?: FieldErrors;
    /**
     * @description A message that comes alone, without the other fields.
     * @example Unauthorized
     */
    error?: string;
};
/**
 * A person who is to become a customer.
 */
export type NaturalPerson = {
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
/**
 * A company that is to become a customer.
 */
export type Company = {
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
/**
 * A customer to be created: a person with a `CC`, a `CE` or a `PASSPORT`, or a company with a `NIT`. `user_type` tells which.
 */
export type CreateCustomer = NaturalPerson | Company;
/**
 * What is in a customer's wallet.
 */
export type Balance = {
    /**
     * @description Identifier that comes with the balance. Whose it is, the customer's or the wallet's, is not documented.
     * @example 00000000-0000-4000-8000-000000001001
     */
    id: string;
    /**
     * @description The balance, in whole pesos. Unit: whole Colombian pesos (COP).
     * @example 100000
     */
    balance: number;
    /**
     * @description The balance as a person reads it.
     * @example $100.000
     */
    label: string;
};
/**
 * A movement of a customer's wallet.
 */
export type Transaction = {
    /**
     * @description Identifier of the movement.
     * @example 00000000-0000-4000-8000-000000002001
     */
    id: string;
    /**
     * @description The kind of movement. `deposit` is known; there are others.
     * @example deposit
     */
    type: string;
    /**
     * @description The amount, in whole pesos. Unit: whole Colombian pesos (COP).
     * @example 50000
     */
    amount: number;
    /**
     * @description The amount as a person reads it.
     * @example $50.000
     */
    label: string;
    /**
     * @description What the movement is for, in words.
     * @example Bono de bienvenida
     */
    concept?: string;
    /**
     * @description What the movement is in detail. `WITHDRAW` is known.
     * @example WITHDRAW
     */
    subtype?: string | null;
    /**
     * @description Whether the movement is final.
     * @example true
     */
    confirmed: boolean;
    /**
     * @description What `node` is. `CashoutLine` is known.
     * @example CashoutLine
     */
    node_type?: string | null;
    /** @description What caused the movement, such as a withdrawal; `null` where nothing is recorded. */
    node?: {
        /**
         * @description Identifier of the withdrawal.
         * @example 00000000-0000-4000-8000-000000003001
         */
        id?: string;
        /**
         * @description Identifier of the customer.
         * @example 9da58912-101d-46f8-86c9-20a52119c0bf
         */
        customer_id?: string;
        /**
         * @description Identifier of the bank account.
         * @example 00000000-0000-4000-8000-000000004001
         */
        account_id?: string;
        /**
         * @description Whether it was made with a test key.
         * @example true
         */
        is_test?: boolean;
        /**
         * @description The amount, in whole pesos. Unit: whole Colombian pesos (COP).
         * @example 20000
         */
        amount?: number;
        /**
         * @description How far it has come. The values are not documented.
         * @example completed
         */
        status?: string;
        /**
         * @description When it is due.
         * @example 2026-02-04T14:00:00.000000Z
         */
        scheduled_at?: string | null;
        /**
         * @description When it was created.
         * @example 2026-02-03T14:10:00.000000Z
         */
        created_at?: string;
        /**
         * @description Your own identifier for it.
         * @example retiro-0001
         */
        external_id?: string | null;
        /**
         * @description How the money travels. The values are not documented.
         * @example bank_transfer
         */
        method?: string | null;
    } | null;
    /**
     * @description When the movement was made, as an ISO 8601 time; the answer of a top-up has the date alone.
     * @example 2026-02-03T14:10:00.000000Z
     */
    created_at: string;
};
/**
 * A page of movements of a wallet, in an envelope or as a bare array.
 */
export type TransactionPage = (PageEnvelope & {
    /** @description The movements of this page. */
    data: Transaction[];
}) | Transaction[];
/**
 * A top-up of a customer's wallet from your company's balance.
 */
export type CreateTransaction = {
    /**
     * @description How much to add, in whole pesos: `50000` is fifty thousand pesos. The charge of a customer session counts in hundredths instead. Unit: whole Colombian pesos (COP).
     * @example 50000
     */
    amount: number;
    /**
     * @description What the top-up is for, in words. Whether it may be left out is not known, so this document does not demand it.
     * @example Bono de bienvenida
     */
    concept?: string;
};
/**
 * A bank account of a customer.
 */
export type Account = {
    /**
     * @description Identifier of the account.
     * @example 00000000-0000-4000-8000-000000004001
     */
    id: string;
    /**
     * @description Whether the account can be used. Known are `PENDING`, `ACTIVE`, `REJECTED` and `INACTIVE`.
     * @example ACTIVE
     */
    status?: string;
    /**
     * @description The kind of account. Known are `SAVINGS` and `CHECKING`.
     * @example SAVINGS
     */
    subtype?: string;
    /** @description The authorization to debit the account. Neither its type nor its values are known. */
    authorization?: unknown;
    /** @description The bank that holds the account. */
    bank?: {
        /**
         * @description Identifier of the bank. Whether it is a string or a number is not known.
         * @example 1
         */
        id?: string | number;
        /**
         * @description Name of the bank.
         * @example Banco de Ejemplo
         */
        name?: string;
    };
};
/**
 * A page of bank accounts of a customer, in an envelope or as a bare array.
 */
export type AccountPage = (PageEnvelope & {
    /** @description The bank accounts of this page. */
    data: Account[];
}) | Account[];
/**
 * A card of a customer.
 */
export type Card = {
    /**
     * @description Identifier of the card.
     * @example 00000000-0000-4000-8000-000000005001
     */
    id: string;
    /**
     * @description The card's network.
     * @example VISA
     */
    brand?: string;
    /**
     * @description The card as a person reads it.
     * @example VISA *0000
     */
    label?: string;
    /**
     * @description The last four digits.
     * @example 0000
     */
    last_four?: string;
    /**
     * @description Month and year in which the card ends, such as `9/2026`.
     * @example 9/2026
     */
    expiration_date?: string;
    /**
     * @description Identifier of the customer.
     * @example 9da58912-101d-46f8-86c9-20a52119c0bf
     */
    customer_id?: string;
    /**
     * @description When the card was added, as an ISO 8601 time.
     * @example 2026-02-03T14:20:00.000000Z
     */
    created_at?: string;
    /**
     * @description Country of the card.
     * @example CO
     */
    country?: string;
};
/**
 * A page of cards of a customer, in an envelope or as a bare array.
 */
export type CardPage = (PageEnvelope & {
    /** @description The cards of this page. */
    data: Card[];
}) | Card[];
/**
 * The one-time password that a customer received, with the phone that it was sent to.
 */
export type VerifyCustomerSession = {
    /**
     * @description The customer's phone number.
     * @example +573100001020
     */
    phone: string;
    /**
     * @description The one-time password. OnePay's example has six digits; no length is documented.
     * @example 000000
     */
    otp: string;
};
/**
 * A customer inside another answer. Its fields come and go with the place: read each as if it might be absent.
 */
export type EmbeddedCustomer = {
    /**
     * @description Identifier of the customer, a UUID.
     * @example 9da58912-101d-46f8-86c9-20a52119c0bf
     */
    id: string;
    /**
     * @description First name or names, or the name of a company.
     * @example John
     */
    first_name?: string;
    /**
     * @description Last name or names.
     * @example Doe
     */
    last_name?: string;
    /**
     * @description E-mail address. It may be empty.
     * @example john.doe@example.com
     */
    email?: string;
    /**
     * @description Phone number. It does not always carry the prefix `+57`.
     * @example +573100001020
     */
    phone?: string;
    /**
     * @description The kind of identity document: `CC`, `CE`, `NIT`, `PASSPORT`, and others, such as `RUT`.
     * @example CC
     */
    document_type?: string | null;
    /**
     * @description Number of the identity document.
     * @example 1060500333
     */
    document_number?: string | null;
    /**
     * @description Whether the customer was made with a test key.
     * @example true
     */
    is_test?: boolean;
};
/**
 * A customer's session, with the token that the session's calls take.
 */
export type CustomerSession = {
    /**
     * @description The session's token, for the option `customerToken` of the session's calls. It is as secret as a password.
     * @example 12|example-customer-token
     */
    token: string;
    /**
     * @description When the token ends, as an ISO 8601 time.
     * @example 2026-03-23T17:30:00+00:00
     */
    expires_at: string;
    /** @description The customer whose session it is. */
    customer: EmbeddedCustomer;
};
/**
 * A card that the customer can pay with.
 */
export type CardMethod = {
    /**
     * @description Identifier of the method, for `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000006001
     */
    id: string;
    /**
     * @description The card's network.
     * @example VISA
     */
    brand: string;
    /**
     * @description The last four digits.
     * @example 0000
     */
    last_four: string;
    /**
     * @description The card as a person reads it.
     * @example VISA *0000
     */
    label: string;
    /**
     * @description Day on which the card ends, such as `2028-12-31`.
     * @example 2028-12-31
     */
    expiration_date: string;
    /**
     * @description Name that the card carries.
     * @example John Doe
     */
    card_name: string;
};
/**
 * A wallet that the customer can pay with.
 */
export type WalletMethod = {
    /**
     * @description Identifier of the method, for `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000007001
     */
    id: string;
    /**
     * @description Whose wallet it is. The values are not documented.
     * @example NEQUI
     */
    subtype: string;
    /**
     * @description The wallet's phone number, without a prefix.
     * @example 3100001020
     */
    phone: string;
    /**
     * @description The wallet as a person reads it.
     * @example Nequi *1020
     */
    label: string;
};
/**
 * A bank account that the customer can pay with by PSE.
 */
export type PseMethod = {
    /**
     * @description Identifier of the method, for `payment_method_id`.
     * @example 00000000-0000-4000-8000-000000008001
     */
    id: string;
    /**
     * @description Name of the bank.
     * @example Banco de Ejemplo
     */
    bank_name: string;
    /**
     * @description The account as a person reads it.
     * @example Banco de Ejemplo *0001
     */
    label: string;
};
/**
 * The payment methods of the customer whose session it is, by kind.
 */
export type PaymentMethods = {
    /** @description The methods. Unlike elsewhere, `data` is an object and not a list. */
    data: {
        /** @description Cards. */
        cards: CardMethod[];
        /** @description Wallets of a phone number. */
        wallets: WalletMethod[];
        /** @description Bank accounts that pay by PSE, Colombia's bank transfer. */
        pse: PseMethod[];
    };
};
/**
 * A charge to the customer whose session it is.
 */
export type CreateCharge = {
    /**
     * @description Identifier of the payment method, as the list of payment methods gives it.
     * @example 00000000-0000-4000-8000-000000006001
     */
    payment_method_id: string;
    /**
     * @description How much to charge, in cents: `100` is 1 peso, and the least that is taken; `5000000` is fifty thousand pesos. The top-up of a wallet counts in whole pesos instead. Unit: cents of the field `currency` (100 = 1 of it).
     * @example 5000000
     */
    amount: number;
    /**
     * @description The currency of the amount:
     *     - `COP`: Colombian pesos.
     *     - `USD`: United States dollars.
     * @example COP
     * @enum {string}
     */
    currency: "COP" | "USD";
    /**
     * @description What the charge is for, in words. Whether it may be left out is not known, so this document does not demand it.
     * @example Pedido 0001
     */
    description?: string;
    /**
     * @description With a test key only, whether the simulated charge is approved.
     * @example true
     */
    approve?: boolean;
};
/**
 * A charge, as far as it has come.
 */
export type Charge = {
    /**
     * @description Identifier of the charge.
     * @example 00000000-0000-4000-8000-000000009001
     */
    charge_id: string;
    /**
     * @description How far the charge has come. The values are not documented, so decide by those you know.
     * @example approved
     */
    status: string;
    /**
     * @description The status in words, for a person to read.
     * @example The charge was approved.
     */
    message: string;
    /**
     * @description Until when the customer can approve the charge by WhatsApp. It comes only where approval is needed.
     * @example 2026-03-23T17:30:00+00:00
     */
    expires_at?: string;
};
export type $defs = Record<string, never>;
export interface operations {
    listCustomers: {
        parameters: {
            query?: {
                /** @description Number of the page, from `1`. */
                page?: components["parameters"]["PageNumber"];
                /** @description How many items a page holds. OnePay's lists hold 15 or 20 when nothing is asked for. */
                per_page?: components["parameters"]["PageSize"];
                /** @description The field to sort by; a minus before it turns the order around. OnePay documents `created_at` and `-created_at` for other lists. */
                sort?: components["parameters"]["Sort"];
                /**
                 * @description Keeps the items whose fields have these values: `filter[document_number]=1060500333`. Which fields are taken is not
                 *     documented, and a filter that the server does not know may be ignored. Compare what comes back with what you asked
                 *     for; the first row may be somebody else.
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
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
                "application/json": CreateCustomer;
            };
        };
        responses: {
            /** @description The customer was created. */
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
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer was deleted; there is no body. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    getCustomerBalance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerTransactions: {
        parameters: {
            query?: {
                /** @description Number of the page, from `1`. */
                page?: components["parameters"]["PageNumber"];
                /** @description How many items a page holds. OnePay's lists hold 15 or 20 when nothing is asked for. */
                per_page?: components["parameters"]["PageSize"];
            };
            header?: never;
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of movements. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createCustomerTransaction: {
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
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
                customer_id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /** @description What to add, and what for. */
        requestBody: {
            content: {
                "application/json": CreateTransaction;
            };
        };
        responses: {
            /** @description The movement that was made. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerAccounts: {
        parameters: {
            query?: {
                /** @description Number of the page, from `1`. */
                page?: components["parameters"]["PageNumber"];
            };
            header?: never;
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    listCustomerCards: {
        parameters: {
            query?: {
                /** @description Number of the page, from `1`. */
                page?: components["parameters"]["PageNumber"];
            };
            header?: never;
            path: {
                /** @description Identifier of the customer, a UUID, as the customer's `id` gives it. */
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
            422: components["responses"]["UnprocessableContent"];
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
        /** @description The phone number and its one-time password. */
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
            422: components["responses"]["UnprocessableContent"];
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
    createCustomerSessionCharge: {
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
        /** @description What to charge, and by which method. */
        requestBody: {
            content: {
                "application/json": CreateCharge;
            };
        };
        responses: {
            /** @description The charge. */
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
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            "5XX": components["responses"]["ServerError"];
        };
    };
}
