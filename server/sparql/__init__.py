"""The SPARQL endpoint: request → protocol → prepared query → worker → result, or a problem."""
