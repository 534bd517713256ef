-- What a procedure about a permission declares: whose it is, from :subject_type and :user_name, and what its event needs.
  name_malformed exception (-20201, 'user_name must name a user or group: 1 to 255 characters');
  pattern_malformed exception (-20202, 'action_pattern must be *, an action such as order.placed, or a prefix such as order.*');
  type_unknown exception (-20203, 'subject_type must be USER or GROUP');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default upper(subject_type);
  object_name varchar default {{ include named_principal of user_name }};
  attributes variant;
  event_id varchar;
