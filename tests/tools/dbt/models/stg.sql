select id, name, since::date as since, coalesce(balance, 0) as balance from {{ ref('customers') }}
