"""What the pages of a workspace are made of: firms, links, accounts, audit, brand, proof from elsewhere."""
