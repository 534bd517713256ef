{{ config(materialized='incremental', unique_key='id') }}
select id, name, balance, current_timestamp() as loaded_at from {{ ref('stg') }}
{% if is_incremental() %} where id >= 2 {% endif %}
