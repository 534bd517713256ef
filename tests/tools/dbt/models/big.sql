{{ config(materialized='table') }}
select id, name, balance from {{ ref('stg') }} where balance > 5
