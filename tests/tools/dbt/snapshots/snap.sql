{% snapshot customers_snapshot %}
{{ config(target_schema='SNAPSHOTS', unique_key='id', strategy='check', check_cols=['name','balance']) }}
select * from {{ ref('customers') }}
{% endsnapshot %}
